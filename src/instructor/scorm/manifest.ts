import { xmlText } from './xml-text.ts';

export interface ManifestOptions {
  /** Id of the assignment: letters and figures. */
  id: string;
  title: string;
  /** Every file of the package but the manifest; the first is what the LMS opens. */
  files: readonly string[];
}

/** Longer titles are refused by some systems. */
const MOST_TITLE = 200;

/** `imsmanifest.xml` of a SCORM 1.2 package with one SCO. */
export function scormManifest({ id, title, files }: ManifestOptions): string {
  const name = xmlText([...title].slice(0, MOST_TITLE).join(''));
  const [entry = ''] = files;
  const list = files.map((file) => `      <file href="${xmlText(file)}"/>`).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="heavy_weights_${xmlText(id)}" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="organization">
    <organization identifier="organization">
      <title>${name}</title>
      <item identifier="item" identifierref="sco" isvisible="true">
        <title>${name}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="sco" type="webcontent" adlcp:scormtype="sco" href="${xmlText(entry)}">
${list}
    </resource>
  </resources>
</manifest>
`;
}
