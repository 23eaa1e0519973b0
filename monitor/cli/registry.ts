/** Every verb of the command line, by name. A verb is loaded when it is asked for, so that `avow help` stays quick. */
import type { Registry } from './command.ts';

export const registry: Registry = new Map<string, Registry extends ReadonlyMap<string, infer Load> ? Load : never>([
  ['start', () => import('./commands/start.ts')],
  ['demo', () => import('./commands/demo.ts')],
  ['check', () => import('./commands/check.ts')],
  ['availability', () => import('./commands/availability.ts')],
  ['notices', () => import('./commands/notices.ts')],
  ['maintenance', () => import('./commands/maintenance.ts')],
  ['incident', () => import('./commands/incident.ts')],
  ['release', () => import('./commands/release.ts')],
  ['override', () => import('./commands/override.ts')],
  ['adjudicate', () => import('./commands/adjudicate.ts')],
  ['claim', () => import('./commands/claim.ts')],
  ['report', () => import('./commands/report.ts')],
  ['close', () => import('./commands/close.ts')],
  ['audit', () => import('./commands/audit.ts')],
  ['verify', () => import('./commands/verify.ts')],
  ['backup', () => import('./commands/backup.ts')],
  ['restore', () => import('./commands/restore.ts')],
  ['user', () => import('./commands/user.ts')],
  ['token', () => import('./commands/token.ts')],
  ['doctor', () => import('./commands/doctor.ts')],
  ['self-test', () => import('./commands/self-test.ts')],
  ['help', async () => ({ command: (await import('./commands/help.ts')).helpOn(registry) })],
  ['version', () => import('./commands/version.ts')],
]);
