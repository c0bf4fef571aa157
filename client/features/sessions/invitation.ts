/** Where a participant's phone goes. The page's own address is what the person reached, so others on the network can. */
export function joinUrl(code: string, origin: string = location.origin): string {
  return `${origin}/j/${code}`;
}

/** True for addresses that mean this very machine: a QR code with one is useless to every phone. */
export function isOwnMachine(hostname: string = location.hostname): boolean {
  return /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(hostname);
}

/** 482 913: how people read a code to each other. */
export function spacedCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
