/**
 * Answers as verbs and views give them, between two Avows of one version: with `says`, instants in ms. The command line asks for them so
 * that it can tell people in words. Programs are promised the documents that are made of them, and get those when they say nothing.
 */
export const ANSWER_TYPE = 'application/vnd.avow.answer+json';
