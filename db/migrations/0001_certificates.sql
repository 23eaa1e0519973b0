-- Written by drizzle-kit from db/schema, then by hand: STRICT, WITHOUT ROWID.
CREATE TABLE `certificates` (
	`component_id` integer NOT NULL,
	`location_id` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`seen_at_ms` integer NOT NULL,
	PRIMARY KEY(`component_id`, `location_id`)
) STRICT, WITHOUT ROWID;
