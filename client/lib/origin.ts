let known: string | undefined;

/** Learns from the server where links and QR codes point to. */
export function learnLinkOrigin(origin: string): void {
  if (/^https?:\/\//.test(origin)) known = origin;
}

/** Base of links that others open: not the page's own address when this is the server's own machine. */
export function linkOrigin(): string {
  return known ?? location.origin;
}
