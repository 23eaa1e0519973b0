-- Written by drizzle-kit from db/schema, then by hand: STRICT, WITHOUT ROWID, the checks, and the triggers at the end, which keep the
-- rows append-only and the chains in order.
CREATE TABLE `adjudication_approvals` (
	`adjudication_id` text PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`approved_by` text NOT NULL,
	`authenticated` integer NOT NULL,
	FOREIGN KEY (`adjudication_id`) REFERENCES `adjudications`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `adjudications` (
	`id` text PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`contract_id` text NOT NULL,
	`month` text NOT NULL,
	`decision` text NOT NULL,
	`reason` text NOT NULL,
	`evidence` text NOT NULL,
	`author` text NOT NULL,
	`authenticated` integer NOT NULL,
	CHECK (`decision` IN ('met', 'missed') AND `month` GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]' AND trim(`reason`) <> '' AND trim(`evidence`) <> '')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `adjudications_by_month` ON `adjudications` (`contract_id`,`month`);
--> statement-breakpoint
CREATE TABLE `claims` (
	`id` text PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`contract_id` text NOT NULL,
	`month` text NOT NULL,
	`received_at_ms` integer NOT NULL,
	`note` text NOT NULL,
	`author` text NOT NULL,
	`authenticated` integer NOT NULL,
	CHECK (`received_at_ms` <= `recorded_at_ms` AND `month` GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `claims_by_month` ON `claims` (`contract_id`,`month`);
--> statement-breakpoint
CREATE TABLE `contract_versions` (
	`contract_id` text NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`document_json` text NOT NULL,
	`removed` integer NOT NULL,
	PRIMARY KEY(`contract_id`, `recorded_at_ms`),
	CHECK (json_valid(`document_json`))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `ledger_chain` (
	`seq` integer PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`prev_hash` text NOT NULL,
	`row_hash` text NOT NULL,
	CHECK (`seq` >= 1 AND length(`prev_hash`) = 64 AND length(`row_hash`) = 64)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `one_link_per_row` ON `ledger_chain` (`kind`,`ref`);
--> statement-breakpoint
CREATE TABLE `override_approvals` (
	`row_id` text PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`approved_by` text NOT NULL,
	`authenticated` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `override_revocations` (
	`id` text PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`revokes` text NOT NULL,
	`reason` text NOT NULL,
	`evidence` text NOT NULL,
	`author` text NOT NULL,
	`authenticated` integer NOT NULL,
	FOREIGN KEY (`revokes`) REFERENCES `overrides`(`id`) ON UPDATE no action ON DELETE no action,
	CHECK (trim(`reason`) <> '')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `overrides` (
	`id` text PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`component` text NOT NULL,
	`start_ms` integer NOT NULL,
	`end_ms` integer,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`evidence` text NOT NULL,
	`author` text NOT NULL,
	`authenticated` integer NOT NULL,
	CHECK (`state` IN ('up', 'degraded', 'down', 'unknown') AND (`end_ms` IS NULL OR `end_ms` > `start_ms`) AND trim(`reason`) <> '')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `overrides_by_component` ON `overrides` (`component`,`start_ms`);
--> statement-breakpoint
CREATE TABLE `report_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`public_pem` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `reports` (
	`id` text PRIMARY KEY NOT NULL,
	`contract_id` text NOT NULL,
	`month` text NOT NULL,
	`revision` integer NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	`as_of_ms` integer NOT NULL,
	`document_json` text NOT NULL,
	`sha256` text NOT NULL,
	`prev_sha256` text,
	`key_id` text NOT NULL,
	`signature` blob NOT NULL,
	FOREIGN KEY (`key_id`) REFERENCES `report_keys`(`id`) ON UPDATE no action ON DELETE no action,
	CHECK (`revision` >= 1 AND length(`sha256`) = 64 AND `as_of_ms` <= `recorded_at_ms` AND length(`signature`) = 64)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `one_report_per_revision` ON `reports` (`contract_id`,`month`,`revision`);
--> statement-breakpoint
CREATE INDEX `reports_by_month` ON `reports` (`month`);
--> statement-breakpoint
CREATE TRIGGER `adjudications_no_update` BEFORE UPDATE ON `adjudications` BEGIN SELECT RAISE(ABORT, 'adjudications are never edited: record another'); END;
--> statement-breakpoint
CREATE TRIGGER `adjudications_no_delete` BEFORE DELETE ON `adjudications` BEGIN SELECT RAISE(ABORT, 'adjudications are never edited: record another'); END;
--> statement-breakpoint
CREATE TRIGGER `adjudication_approvals_no_update` BEFORE UPDATE ON `adjudication_approvals` BEGIN SELECT RAISE(ABORT, 'approvals are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `adjudication_approvals_no_delete` BEFORE DELETE ON `adjudication_approvals` BEGIN SELECT RAISE(ABORT, 'approvals are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `claims_no_update` BEFORE UPDATE ON `claims` BEGIN SELECT RAISE(ABORT, 'claims are never edited: record another'); END;
--> statement-breakpoint
CREATE TRIGGER `claims_no_delete` BEFORE DELETE ON `claims` BEGIN SELECT RAISE(ABORT, 'claims are never edited: record another'); END;
--> statement-breakpoint
CREATE TRIGGER `contract_versions_no_update` BEFORE UPDATE ON `contract_versions` BEGIN SELECT RAISE(ABORT, 'versions of a contract are never edited: apply a new configuration'); END;
--> statement-breakpoint
CREATE TRIGGER `contract_versions_no_delete` BEFORE DELETE ON `contract_versions` BEGIN SELECT RAISE(ABORT, 'versions of a contract are never edited: apply a new configuration'); END;
--> statement-breakpoint
CREATE TRIGGER `override_approvals_no_update` BEFORE UPDATE ON `override_approvals` BEGIN SELECT RAISE(ABORT, 'approvals are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `override_approvals_no_delete` BEFORE DELETE ON `override_approvals` BEGIN SELECT RAISE(ABORT, 'approvals are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `override_revocations_no_update` BEFORE UPDATE ON `override_revocations` BEGIN SELECT RAISE(ABORT, 'revocations are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `override_revocations_no_delete` BEFORE DELETE ON `override_revocations` BEGIN SELECT RAISE(ABORT, 'revocations are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `overrides_no_update` BEFORE UPDATE ON `overrides` BEGIN SELECT RAISE(ABORT, 'overrides are never edited: revoke it'); END;
--> statement-breakpoint
CREATE TRIGGER `overrides_no_delete` BEFORE DELETE ON `overrides` BEGIN SELECT RAISE(ABORT, 'overrides are never edited: revoke it'); END;
--> statement-breakpoint
CREATE TRIGGER `report_keys_no_update` BEFORE UPDATE ON `report_keys` BEGIN SELECT RAISE(ABORT, 'keys that signed a report are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `report_keys_no_delete` BEFORE DELETE ON `report_keys` BEGIN SELECT RAISE(ABORT, 'keys that signed a report are never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `reports_no_update` BEFORE UPDATE ON `reports` BEGIN SELECT RAISE(ABORT, 'a final report is never edited: later facts make another revision'); END;
--> statement-breakpoint
CREATE TRIGGER `reports_no_delete` BEFORE DELETE ON `reports` BEGIN SELECT RAISE(ABORT, 'a final report is never edited: later facts make another revision'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_chain_no_update` BEFORE UPDATE ON `ledger_chain` BEGIN SELECT RAISE(ABORT, 'the chain is never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_chain_no_delete` BEFORE DELETE ON `ledger_chain` BEGIN SELECT RAISE(ABORT, 'the chain is never edited'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_chain_in_order` BEFORE INSERT ON `ledger_chain`
WHEN NEW.`seq` <> coalesce((SELECT max(`seq`) FROM `ledger_chain`), 0) + 1
	OR NEW.`prev_hash` <> coalesce((SELECT `row_hash` FROM `ledger_chain` ORDER BY `seq` DESC LIMIT 1), '0000000000000000000000000000000000000000000000000000000000000000')
BEGIN SELECT RAISE(ABORT, 'a link follows the last one, in number and in hash'); END;
--> statement-breakpoint
CREATE TRIGGER `reports_in_order` BEFORE INSERT ON `reports`
WHEN NEW.`revision` <> (SELECT count(*) + 1 FROM `reports` WHERE `contract_id` = NEW.`contract_id` AND `month` = NEW.`month`)
	OR NEW.`prev_sha256` IS NOT (SELECT `sha256` FROM `reports` WHERE `contract_id` = NEW.`contract_id` ORDER BY rowid DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'a report follows the last one of its contract, in number and in hash'); END;
--> statement-breakpoint
CREATE TRIGGER `override_approvals_by_another` BEFORE INSERT ON `override_approvals`
WHEN NOT EXISTS (SELECT 1 FROM (SELECT `id`, `author`, `reason`, `evidence` FROM `overrides` UNION ALL SELECT `id`, `author`, `reason`, `evidence` FROM `override_revocations`)
		WHERE `id` = NEW.`row_id` AND lower(trim(`author`)) <> lower(trim(NEW.`approved_by`)) AND trim(`evidence`) <> '')
BEGIN SELECT RAISE(ABORT, 'an override with evidence is approved by another person than the one who recorded it'); END;
--> statement-breakpoint
CREATE TRIGGER `adjudication_approvals_by_another` BEFORE INSERT ON `adjudication_approvals`
WHEN NOT EXISTS (SELECT 1 FROM `adjudications` WHERE `id` = NEW.`adjudication_id` AND lower(trim(`author`)) <> lower(trim(NEW.`approved_by`)))
BEGIN SELECT RAISE(ABORT, 'an adjudication is approved by another person than the one who recorded it'); END;
