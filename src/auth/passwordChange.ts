import { recordAudit } from '../audit/audit.service.js';
import { transaction } from '../db.js';
import { notFound, validationError } from '../errors.js';
import { passwordFault } from '../users/newUser.js';
import { User } from '../users/user.model.js';
import { isRequired } from '../validation.js';
import { limitAttempts } from './passwordAttempts.js';
import { hashPassword, passwordFits } from './passwords.js';
import { endSessionsOf, sessionsEnded } from './sessions.js';
import type { Viewer } from './viewer.js';

/**
 * Gives the viewer another password; their other sessions end at once. Throws VALIDATION_ERROR when the new one cannot be one
 * or the current one is not theirs, which is recorded and counts as a failed sign-in: RATE_LIMIT_EXCEEDED after too many.
 */
export async function changePassword(viewer: Viewer, currentPassword: string, newPassword: string, clientAddress = ''): Promise<true> {
  const fault = newPassword.trim() === '' ? isRequired('newPassword') : passwordFault('New password', newPassword);
  const details = { ...(currentPassword === '' && { currentPassword: isRequired('currentPassword') }), ...(fault && { newPassword: fault }) };
  if (Object.keys(details).length > 0) throw validationError(details);
  const user = await User.query().findById(viewer.id);
  if (!user) throw notFound('User');
  const isRight = await limitAttempts(user.email, clientAddress, async () => {
    if (await passwordFits(currentPassword, user.passwordHash)) return true;
    await transaction((trx) => audit(trx, viewer, 'password_change_failed', 'A change of the password failed: the current one was wrong'));
    return false;
  });
  if (!isRight) throw validationError({ currentPassword: 'Current password is wrong' });
  const passwordHash = await hashPassword(newPassword);
  const ended = await transaction(async (trx) => {
    await user.$query(trx).patch({ passwordHash });
    await audit(trx, viewer, 'password_changed', `User '${user.email}' changed their password`);
    return endSessionsOf(trx, viewer.id, viewer.sessionId);
  });
  sessionsEnded(ended);
  return true;
}

const audit = (trx: Parameters<typeof recordAudit>[0], viewer: Viewer, eventType: string, description: string) =>
  recordAudit(trx, viewer, { eventType, eventCategory: 'access', description });
