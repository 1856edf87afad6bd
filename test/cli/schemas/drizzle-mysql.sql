
CREATE TABLE `posts` (
	`a` int NOT NULL,
	`b` bigint unsigned NOT NULL,
	`t` text,
	CONSTRAINT `posts_a_b_pk` PRIMARY KEY(`a`,`b`)
);

CREATE TABLE `users` (
	`id` serial AUTO_INCREMENT NOT NULL,
	`email` varchar(255) NOT NULL,
	`role` enum('admin','user') DEFAULT 'user',
	`ok` boolean DEFAULT true,
	`created_at` timestamp NOT NULL DEFAULT (now()) ON UPDATE CURRENT_TIMESTAMP,
	`meta` json DEFAULT ('{"a":1}'),
	`price` decimal(10,2) DEFAULT '0.00',
	`d` datetime(3) DEFAULT now(3),
	`g` varchar(20) GENERATED ALWAYS AS (lower(email)) STORED,
	CONSTRAINT `users_id` PRIMARY KEY(`id`),
	CONSTRAINT `users_email_unique` UNIQUE(`email`),
	CONSTRAINT `c` CHECK(`users`.`price` >= 0)
);

ALTER TABLE `posts` ADD CONSTRAINT `posts_b_users_id_fk` FOREIGN KEY (`b`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;
CREATE INDEX `i` ON `users` (`role`,`ok`);
