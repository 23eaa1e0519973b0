-- Written by drizzle-kit from db/schema, then by hand: STRICT, WITHOUT ROWID, the checks, and the triggers that keep the audit append-only,
-- in order and not backdated.
CREATE TABLE `audit` (
	`seq` integer PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`actor_name` text NOT NULL,
	`from_address` text,
	`request_id` text,
	`verb` text NOT NULL,
	`subject` text NOT NULL,
	`before_json` text,
	`after_json` text,
	`prev_hash` text NOT NULL,
	`row_hash` text NOT NULL,
	CHECK (`actor_kind` IN ('system', 'file', 'socket', 'person', 'token') AND `seq` >= 1 AND length(`row_hash`) = 64)
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_by_time` ON `audit` (`recorded_at_ms`);--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit` (`subject`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_by_actor` ON `audit` (`actor_name`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_by_verb` ON `audit` (`verb`,`seq`);--> statement-breakpoint
CREATE TABLE `api_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`person_id` text NOT NULL,
	`name` text NOT NULL,
	`scopes_json` text NOT NULL,
	`cidr` text,
	`recorded_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`last_used_at_ms` integer,
	`revoked_at_ms` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	CHECK (`expires_at_ms` > `recorded_at_ms`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `api_tokens_by_person` ON `api_tokens` (`person_id`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`document_json` text NOT NULL,
	`author` text NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`version` integer NOT NULL,
	CHECK (`kind` IN ('incident_update', 'incident', 'announcement', 'release_notes'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `one_draft_per_subject` ON `drafts` (`kind`,`subject`);--> statement-breakpoint
CREATE TABLE `identities` (
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`person_id` text NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	PRIMARY KEY(`issuer`, `subject`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`person_id` text,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`invited_by` text NOT NULL,
	`used_at_ms` integer,
	`revoked_at_ms` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	CHECK (`role` IN ('viewer', 'account_manager', 'ops', 'admin') AND `expires_at_ms` > `recorded_at_ms`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `one_invitation_per_secret` ON `invitations` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `invitations_by_expiry` ON `invitations` (`expires_at_ms`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text,
	`password_changed_at_ms` integer,
	`totp_sealed` text,
	`totp_confirmed_at_ms` integer,
	`totp_step` integer,
	`disabled_at_ms` integer,
	`version` integer NOT NULL,
	CHECK (`role` IN ('viewer', 'account_manager', 'ops', 'admin') AND `version` >= 1)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `one_person_per_email` ON `people` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_person_per_name` ON `people` (`name_key`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`person_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`used_at_ms` integer,
	PRIMARY KEY(`person_id`, `code_hash`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`person_id` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`last_seen_at_ms` integer NOT NULL,
	`proved_at_ms` integer NOT NULL,
	`address` text NOT NULL,
	`agent` text NOT NULL,
	`ended_at_ms` integer,
	`ended_because` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	CHECK ((`ended_at_ms` IS NULL) = (`ended_because` IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `one_session_per_secret` ON `sessions` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `sessions_by_person` ON `sessions` (`person_id`,`ended_at_ms`);--> statement-breakpoint
CREATE TABLE `share_links` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`contract_id` text NOT NULL,
	`month` text NOT NULL,
	`author` text NOT NULL,
	`revoked_at_ms` integer,
	`last_used_at_ms` integer,
	CHECK (`expires_at_ms` > `recorded_at_ms`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `one_share_link_per_secret` ON `share_links` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `share_links_by_month` ON `share_links` (`month`);
--> statement-breakpoint
CREATE TRIGGER `audit_no_update` BEFORE UPDATE ON `audit` BEGIN SELECT RAISE(ABORT, 'what happened is never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_no_delete` BEFORE DELETE ON `audit` BEGIN SELECT RAISE(ABORT, 'what happened is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_in_order` BEFORE INSERT ON `audit`
WHEN NEW.`seq` <> coalesce((SELECT max(`seq`) FROM `audit`), 0) + 1
	OR NEW.`recorded_at_ms` < coalesce((SELECT `recorded_at_ms` FROM `audit` ORDER BY `seq` DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'a row of the audit follows the last one, in number and in time'); END;
