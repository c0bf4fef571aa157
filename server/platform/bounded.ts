/** True when the work is done within `ms`; false when it is not, and then nobody waits for it any more. Throws what it throws in time. */
export async function doneWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
    // What it says later is told to nobody.
    work.catch(() => undefined);
  }
}
