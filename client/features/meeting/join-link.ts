/** The address behind the QR code. */
export function joinLink(code: string): string {
  return `${location.origin}/j/${code}`;
}

/** 482 913: six digits are read in threes. */
export function spacedCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
