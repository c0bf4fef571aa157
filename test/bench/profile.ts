import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const MOST = 30;

interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

/** Own time by function, in shares of the samples that are not idle. */
function ownTimes(profile: CpuProfile): { name: string; share: number }[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const times = new Map<string, number>();
  let busy = 0;
  profile.samples.forEach((id, at) => {
    const { functionName, url, lineNumber } = nodes.get(id)!.callFrame;
    if (functionName === '(idle)') return;
    const time = profile.timeDeltas[at]!;
    const name = `${functionName || '(anonymous)'} ${url === '' ? '' : `${basename(url)}:${lineNumber + 1}`}`;
    busy += time;
    times.set(name, (times.get(name) ?? 0) + time);
  });
  return [...times].map(([name, time]) => ({ name, share: time / busy })).sort((a, b) => b.share - a.share);
}

/** Says where the time went in each profile of the folder (starting and signing in are part of it). */
export function printProfiles(folder: string, say: (line: string) => void): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
    const path = join(folder, file);
    say(`\n${path}: own time`);
    const profile = JSON.parse(readFileSync(path, 'utf8')) as CpuProfile;
    for (const { name, share } of ownTimes(profile).slice(0, MOST))
      say(`  ${(share * 100).toFixed(1).padStart(5)} %  ${name}`);
  }
}
