/** The nonce of this page for styles that parts make at run time; the server puts it into a meta tag. */
export function pageNonce(): string | undefined {
  const tag = document.querySelector<HTMLElement>('meta[property="csp-nonce"]');
  return tag?.nonce || tag?.getAttribute('nonce') || undefined;
}
