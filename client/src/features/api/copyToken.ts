import { tell, tellProblem } from '../../components/toasts';
import { t } from '../../texts';
import { freshToken } from '../auth/session';

/** Copies the token of this session, for those who ask for it; it is not shown. */
export async function copyToken(): Promise<void> {
  try {
    await navigator.clipboard.writeText((await freshToken())!);
    tell(t.api.tokenCopied);
  } catch {
    tellProblem(t.api.copyFailed);
  }
}
