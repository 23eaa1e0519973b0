/** English words of the page about the widget and badges. */

export const embedWords = {
  title: (name: string) => `The status in your own pages · ${name}`,
  headline: 'The status in your own pages.',
  lead: 'Two lines show the current state, open incidents, the next maintenance window and what changes in it, in an application or on a web page.',

  widget: 'The widget',
  code: 'Copy this',
  codeNote: 'It sets no cookies, loads nothing else, and shows text only. When the status cannot be read it says so.',
  corner: 'As a button in a corner of the window',
  preview: 'How it looks',
  noScript: 'The widget needs scripts. The current state is on the front page.',
  attributes: 'Attributes',
  attribute: 'Attribute',
  means: 'What it says',
  absent: 'When absent',
  rows: [
    ['src', 'The address of the status page, where the script is served from elsewhere.', 'The address that the script came from'],
    [
      'position',
      '“inline”, or a corner: “bottom-right”, “bottom-left”, “top-right”, “top-left”. In a corner it is a button that opens.',
      'inline',
    ],
    ['lang', 'The language of its words.', 'The language of the page around it'],
    ['theme', '“light”, “dark” or “auto”.', 'auto: what the reader prefers'],
  ] as readonly (readonly [name: string, means: string, absent: string])[],
  policy: 'With a Content-Security-Policy',
  policyNote: 'Allow the status page in two directives. Nothing inline is needed.',

  badges: 'Badges',
  badgesLead: 'Small pictures of the state or of a figure. Figures are cut off, never rounded up.',
  badge: 'What it shows',
  badgeAddress: 'Address',
  badgeRows: {
    status: 'The current state',
    month: 'Availability of the running month',
    '30d': 'Availability of the last 30 days',
    '90d': 'Availability of the last 90 days',
  },
  badgeOf: 'In place of “overall”, the name of a component in these addresses:',
  asHtml: 'In HTML',
  asMarkdown: 'In Markdown',
  badgeAlt: (name: string) => `Current status of ${name}`,
};
