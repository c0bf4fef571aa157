import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { bearForeignHands } from './lib/foreign-hands.ts';
import { fillReasons } from './lib/reasons.ts';
import { recallTheme } from './lib/theme.ts';
import { language } from './lib/words.ts';

recallTheme();
fillReasons(language() === 'en');
document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en';
bearForeignHands(document.body);
// What paper needs is fetched after the page; without it, paper shows what the screen does.
setTimeout(() => void import('./ui/print.ts').catch(() => undefined), 1_000);
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
