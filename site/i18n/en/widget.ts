/** English words of the widget that stands in the vendor's own application. */

export const widgetWords = {
  /** The name of the widget for those who cannot see it. */
  label: 'Service status',
  unavailable: 'Status unavailable',
  unavailableNote: 'The status could not be read. What is known is on the status page.',
  page: 'Status page',
  incidents: 'Open incidents',
  changes: 'What changes',
  support: 'Support',
};
