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

/** Address → page. Every page is a chunk of its own, loaded when its address is opened. */
const ROUTES: readonly [string, ComponentType][] = [
  ['/', lazy(() => import('./features/entry/StartPage.tsx'))],
  ['/sign-in', lazy(() => import('./features/entry/SignInPage.tsx'))],
  ['/l/:secret', lazy(() => import('./features/entry/LinkPage.tsx'))],
  ['/me', lazy(() => import('./features/entry/MePage.tsx'))],
  ['/j/:code?', lazy(() => import('./features/join/JoinPage.tsx'))],
  ['/new', lazy(() => import('./features/office/NewCampaignPage.tsx'))],
  ['/audit', lazy(() => import('./features/office/AuditPage.tsx'))],
  ['/c/:campaignId', lazy(() => import('./features/home/CampaignPage.tsx'))],
  ['/c/:campaignId/settings/:tab?', lazy(() => import('./features/office/SettingsPage.tsx'))],
  ['/c/:campaignId/sessions', lazy(() => import('./features/sessions/SessionListPage.tsx'))],
  ['/c/:campaignId/sessions/new', lazy(() => import('./features/sessions/NewSessionPage.tsx'))],
  ['/c/:campaignId/boards/:unitId', lazy(() => import('./features/board/BoardPage.tsx'))],
  ['/s/:sessionId', lazy(() => import('./features/meeting/MeetingPage.tsx'))],
  ['/s/:sessionId/settings', lazy(() => import('./features/sessions/SessionSettingsPage.tsx'))],
  ['/s/:sessionId/screen', lazy(() => import('./features/screen/ScreenPage.tsx'))],
  ['/screen', lazy(() => import('./features/screen/PairPage.tsx'))],
  ['/s/:sessionId/minutes', lazy(() => import('./features/minutes/MinutesPage.tsx'))],
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
              {ROUTES.map(([path, Page]) => (
                <Route key={path} path={path} component={Page} />
              ))}
              <Route component={NotFound} />
            </Switch>
          </Suspense>
        </PageBoundary>
        <Toaster />
      </QueryClientProvider>
    </CSPProvider>
  );
}
