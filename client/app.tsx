import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ComponentType, lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { PageFrame } from './features/entry/PageFrame.tsx';
import { pageNonce } from './lib/nonce.ts';
import { queries } from './lib/query.ts';
import { PageBoundary } from './page-boundary.tsx';
import { OfflineStrip } from './ui/OfflineStrip.tsx';
import { Toaster } from './ui/Toaster.tsx';

type Page = { default: ComponentType };
const found = import.meta.glob<Page>('./features/*/*Page.tsx');
const page = (path: string) => {
  const load = found[`./features/${path}.tsx`];
  return load && lazy(load);
};

/** Address → page. Every page is a chunk of its own, loaded when its address is opened. */
const ROUTES: readonly [string, ComponentType | undefined][] = [
  ['/', page('entry/StartPage')],
  ['/sign-in', page('entry/SignInPage')],
  ['/l/:secret', page('entry/LinkPage')],
  ['/me', page('entry/MePage')],
  ['/j', page('join/JoinPage')],
  ['/j/:code', page('join/JoinPage')],
  ['/new', page('office/NewCampaignPage')],
  ['/audit', page('office/AuditPage')],
  ['/c/:campaignId', page('home/CampaignPage')],

  ['/c/:campaignId/settings/:tab?', page('office/SettingsPage')],
  ['/c/:campaignId/sessions', page('sessions/SessionListPage')],
  ['/c/:campaignId/sessions/new', page('sessions/NewSessionPage')],
  ['/c/:campaignId/boards/:unitId', page('board/BoardPage')],
  ['/s/:sessionId', page('meeting/MeetingPage')],
  ['/s/:sessionId/settings', page('sessions/SessionSettingsPage')],
  ['/s/:sessionId/screen', page('screen/ScreenPage')],
  ['/s/:sessionId/minutes', page('minutes/MinutesPage')],
];
const NotFound = lazy(() => import('./features/entry/NotFoundPage.tsx'));

export function App() {
  return (
    <CSPProvider nonce={pageNonce()}>
      <QueryClientProvider client={queries}>
        <OfflineStrip />
        <PageBoundary>
          <Suspense fallback={<PageFrame />}>
            <Switch>
              {ROUTES.map(([path, Page]) => Page && <Route key={path} path={path} component={Page} />)}
              <Route component={NotFound} />
            </Switch>
          </Suspense>
        </PageBoundary>
        <Toaster />
      </QueryClientProvider>
    </CSPProvider>
  );
}
