/** A reader of RFC 4180 that shares nothing with the writer: one character at a time, as the grammar has it. */

/** The cells of every record. Throws for what the grammar does not allow: text after a closing quote, a bare quote, a record that no CRLF ends. */
export const parseCsv = (text: string): string[][] => {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  const escaped = (): string => {
    let cell = '';
    for (at++; ; at++) {
      if (at >= text.length) throw new Error('a quote is never closed');
      if (text[at] !== '"') cell += text[at];
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else {
        at++;
        return cell;
      }
    }
  };
  const plain = (): string => {
    const from = at;
    while (at < text.length && !/[",\r\n]/.test(text[at] ?? '')) at++;
    return text.slice(from, at);
  };
  while (at < text.length) {
    record.push(text[at] === '"' ? escaped() : plain());
    if (text[at] === ',') {
      at++;
      continue;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`at ${at} stands ${JSON.stringify(text.slice(at, at + 5))} and no CRLF`);
    at += 2;
    records.push(record);
    record = [];
  }
  if (record.length > 0) throw new Error('the last record has no end');
  return records;
};

/** Records by the names of the first one. */
export const rowsOf = (text: string): Record<string, string>[] => {
  const [header = [], ...records] = parseCsv(text);
  return records.map((cells) => {
    if (cells.length !== header.length) throw new Error(`a record has ${cells.length} cells, not ${header.length}`);
    return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
  });
};
