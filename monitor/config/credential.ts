/** Headers whose values are credentials, by name: nobody needs to read them in a sentence. */
export const CREDENTIAL = /authorization|cookie|token|secret|password|key$/i;
