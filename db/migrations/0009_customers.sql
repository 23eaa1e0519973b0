CREATE TABLE `invitation_customers` (
	`invitation_id` text NOT NULL,
	`customer` text NOT NULL,
	PRIMARY KEY(`invitation_id`, `customer`),
	FOREIGN KEY (`invitation_id`) REFERENCES `invitations`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `person_customers` (
	`person_id` text NOT NULL,
	`customer` text NOT NULL,
	`recorded_at_ms` integer NOT NULL,
	PRIMARY KEY(`person_id`, `customer`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
