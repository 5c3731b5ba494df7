import type { UserRole } from '../users/user.model.js';

/** Who is asking. Services take it first; it is made from a checked access token and its live session. */
export interface Viewer {
  id: string;
  sessionId: string;
  email: string;
  name: string;
  role: UserRole;
}
