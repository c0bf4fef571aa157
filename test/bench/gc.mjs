/** Loaded before every server whose memory is measured (`--expose-gc --import`): SIGUSR2 collects the garbage, the same for all. */
process.on('SIGUSR2', () => globalThis.gc());
