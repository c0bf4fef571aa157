import { soundOn } from './sound.ts';

let audio: AudioContext | undefined;

// A browser lets a page sound only after the person has touched it.
const unlock = (): void => {
  audio ??= new AudioContext();
  void audio.resume();
};
if (typeof document !== 'undefined') document.addEventListener('pointerdown', unlock, { once: true });

/** Two soft tones; silent where the browser does not allow it or the person does not want it. */
export function chime(): void {
  if (audio?.state !== 'running' || !soundOn()) return;
  const start = audio.currentTime;
  for (const [at, pitch] of [
    [0, 660],
    [0.22, 528],
  ] as const) {
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0, start + at);
    gain.gain.linearRampToValueAtTime(0.12, start + at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, start + at + 0.4);
    tone.connect(gain).connect(audio.destination);
    tone.start(start + at);
    tone.stop(start + at + 0.45);
  }
}

/** A phone that lies on the table moves; only where the person has touched the page, else browsers complain. */
export function buzz(): void {
  if (navigator.userActivation?.hasBeenActive === false || !('vibrate' in navigator)) return;
  navigator.vibrate([200, 120, 200]);
}
