/** What people, and targets in their names, may write: every one of them breaks some writer of some format. */
export const HOSTILE_TEXTS: readonly string[] = [
  'one\ntwo\r\nthree\rfour',
  'commas, semicolons; colons: "quotes" \'single\'',
  'back\\slash \\n \\, \\; end\\',
  'emoji 👩‍👩‍👧‍👦 🇩🇪 👍🏽, and ẞ ﬁ',
  'עברית العربية \u202eturned\u202c',
  '<script>alert(1)</script> & &amp; &lt; <![CDATA[ x ]]> ]]>',
  'controls \u0000\u0001\u0008\u000b\u001b\u007f\u0085 end',
  'lone \ud800 and \udfff, noncharacters \ufffe\uffff',
  'BEGIN:VEVENT\nEND:VCALENDAR\nATTACH:file:///etc/passwd',
  `${'長い題名 '.repeat(2_000)}end`,
  '{{x}} %s %0d%0a &#x41; &copy;',
  '\u2028\u2029\u00a0\ufeff edges ',
  '=cmd|"/C calc"!A1',
];
