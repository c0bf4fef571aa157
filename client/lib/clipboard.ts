/**
 * Copies a text; false when the browser refuses. `navigator.clipboard` exists only in a secure context, so plain HTTP on
 * a LAN takes the old way: a selected text field. `near` is where the field may stand (inside an open dialog, whose focus
 * trap would take the selection away from anything outside).
 */
export async function copyText(text: string, near: HTMLElement = document.body): Promise<boolean> {
  try {
    if (window.isSecureContext && navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused (permissions, an embedded browser): the old way may still work.
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  Object.assign(field.style, {
    position: 'fixed',
    top: '0',
    left: '0',
    opacity: '0',
    width: '1px',
    height: '1px',
  });
  near.append(field);
  field.focus();
  field.setSelectionRange(0, text.length);
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
  }
}
