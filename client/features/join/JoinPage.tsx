import { useParams } from 'wouter';
import { CodeEntry } from './CodeEntry.tsx';
import { Door } from './Door.tsx';

/** `/j`: asks for the code; `/j/:code`: the door of that meeting. */
export default function JoinPage() {
  const { code } = useParams<{ code?: string }>();
  return code === undefined ? <CodeEntry /> : <Door key={code} code={code} />;
}
