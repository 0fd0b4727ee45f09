import type { DisplayItem } from '../../runtime/protocol.ts';
import { dataTable } from './data-table.ts';
import { fileOffer } from './file-offer.ts';
import { imageFigure, tensorFigure } from './raster-figure.ts';

/** What a program displayed, as nodes of the page; the plotting library is fetched with the first plot. */
export const displayNode = async (item: DisplayItem, width: number): Promise<HTMLElement> => {
  switch (item.kind) {
    case 'table':
      return dataTable(item);
    case 'tensor':
      return tensorFigure(item);
    case 'image':
      return imageFigure(item);
    case 'file':
      return fileOffer(item);
    case 'plot': {
      const { plotFigure } = await import('./plot-figure.ts');
      return plotFigure(item, width);
    }
  }
};
