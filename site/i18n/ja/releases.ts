/** Japanese sentences of the release pages: what changes in which window, what changed, and whether it kept to its window. */
import type { releasesWords as en } from '../en/releases.ts';
import { counted } from './grammar.ts';

const heading = (version: string, title: string | null): string => (title === null ? `バージョン${version}` : `${version}: ${title}`);
const unscheduled: Record<Parameters<typeof en.unscheduled>[0], string> = {
  cancelled: '予定していたメンテナンス時間帯は中止されました。',
  nothing_excluded: '予定していたメンテナンス時間帯のうち、除外される時間は残っていません。',
  shrunk: '予定していたメンテナンス時間帯が短縮され、実施予定の時刻を含まなくなりました。',
  over: '予定していたメンテナンス時間帯は、本番環境へのリリース前に終わりました。',
};

export const releasesWords: typeof en = {
  nav: 'リリース',
  title: (page) => `リリース · ${page}`,
  releaseTitle: (version, title, page) => `${title === null ? version : `${version}: ${title}`} · ${page}`,
  headline: (count, day) => `${day}に${counted(count, '件')}のリリースを予定しています。`,
  nothingPlanned: '予定しているリリースはありません。',
  heading,

  coming: '今後の予定',
  changesOn: (day) => `${day}の変更内容`,
  changedOn: (day) => `${day}に変更された内容`,
  changesUnplanned: '変更内容',
  unplanned: '時間帯が未定のリリース',
  released: 'リリース済み',
  nothingReleased: 'リリースはまだありません。',
  omitted: (count) => `以前の${counted(count, '件')}のリリースは表示していません。`,

  kinds: { standard: 'リリース', hotfix: 'ホットフィックス', emergency: '緊急リリース' },
  groups: {
    added: '追加',
    changed: '変更',
    deprecated: '非推奨',
    removed: '削除',
    fixed: '修正',
    security: 'セキュリティ',
    other: '備考',
  },
  plannedFor: '予定:',
  window: '時間帯',
  plannedIn: (title) => `メンテナンス「${title}」での実施を予定しています。`,
  deployedIn: (title) => `メンテナンス「${title}」で実施しました。`,
  notInWindow: '告知された時間帯には、まだ割り当てられていません。',
  unscheduled: (reason) => unscheduled[reason],

  facts: '日時',
  notesPublic: 'リリースノートの公開',
  revisions: 'リリースノートの変更',
  amended: '修正あり',
  amendedNote: 'リリースノートは、時間帯の開始後またはリリース後に変更されました。',
  firstRevision: '初回公開',
  laterRevision: '変更',
  deployed: 'リリース',
  rolledBack: 'ロールバック',
  inside: '時間帯の中',
  outside: 'メンテナンス時間帯の外',
  outsideNote: 'メンテナンスとして告知されていない、または認められない時刻に、本番環境が変更されました。',
  emergency: '緊急対応',
  noNotes: 'このバージョンのリリースノートは公開されていません。',
  all: 'すべてのリリース',
  waiting: '時間帯未定',
  marks: {
    coming: '予定',
    released: 'リリース済み',
    rolled_back: 'ロールバック済み',
    outside: 'メンテナンス時間帯の外',
  },
};
