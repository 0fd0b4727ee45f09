import { draftFields } from '../../../instructor/build/draft-fields.ts';
import { showValue, type Desk, type DeskPart } from './desk.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const valueOf = (control: Control): string =>
  control instanceof HTMLInputElement && control.type === 'checkbox'
    ? control.checked
      ? 'on'
      : ''
    : control.value;

/** The plain controls of the form: each is marked with `data-field`, and `data-only` names the choice it belongs to. */
export const formFields = (root: ParentNode, desk: Desk): DeskPart => {
  const controls = [...root.querySelectorAll<Control>('[data-field]')].map((control) => {
    const name = control.dataset['field'] ?? '';
    const field = draftFields[name];
    if (field === undefined) throw new Error(`The form has a field “${name}” that no draft has.`);
    control.addEventListener('input', () => {
      desk.edit((draft) => {
        const next = field.set(draft, valueOf(control));
        // What means the same is no step to be undone.
        return field.get(next) === field.get(draft) ? draft : next;
      }, name);
    });
    // What was typed and means nothing makes way for what the draft holds.
    control.addEventListener('blur', () => {
      showValue(control, field.get(desk.draft));
    });
    return { control, field };
  });
  const dependent = [...root.querySelectorAll<HTMLElement>('[data-only]')];
  return {
    show: () => {
      for (const { control, field } of controls) showValue(control, field.get(desk.draft));
      for (const element of dependent) {
        const [name = '', value = ''] = (element.dataset['only'] ?? '').split('=');
        element.hidden = draftFields[name]?.get(desk.draft) !== value;
      }
    },
  };
};
