/** German sentences about support: the levels of a request, what they look like, and by when something happens. */
import type { severityWords as enSeverity } from '../en/severity.ts';
import { plural } from './grammar.ts';

export const severityWords: typeof enSeverity = {
  channels: 'Support',
  noChannels: 'In der Konfiguration ist noch kein Supportkanal genannt.',
  kinds: { telephone: 'Telefon', email: 'E-Mail', chat: 'Chat', online: 'Online' },
  heading: 'Wie eine Anfrage eingestuft wird',
  caption: 'Ziele je Stufe des Schweregrads, gerechnet ab Eingang',
  level: (level) => `Stufe ${level}`,
  levels: {
    1: {
      name: 'Die Arbeit steht still',
      what: 'Der Dienst ist in Produktion nicht nutzbar oder so stark gestört, dass niemand sinnvoll damit weiterarbeiten kann. Der Support bearbeitet dies vor allem anderen, bis es eine Lösung oder einen Ausweg gibt, und braucht auf Ihrer Seite Personen, die währenddessen helfen können.',
      signs: [
        'Der Dienst hängt oder stürzt ab',
        'Daten gehen verloren oder werden beschädigt',
        'Eine Funktion, von der die Arbeit abhängt, fehlt',
        'Niemand kann sich anmelden',
      ],
    },
    2: {
      name: 'Die Arbeit ist stark behindert',
      what: 'Wichtige Funktionen fehlen, und es gibt keinen annehmbaren Ausweg. Der Dienst läuft, aber eingeschränkt, instabil oder mit Unterbrechungen.',
      signs: [
        'Ein Fehler erzwingt einen Neustart oder eine Wiederherstellung',
        'Antworten sind sehr langsam',
        'Eine Funktion fehlt, und der Rest ist mit Einschränkungen nutzbar',
      ],
    },
    3: {
      name: 'Die Arbeit ist leicht behindert',
      what: 'Etwas funktioniert nicht, aber der größte Teil des Dienstes schon, und es gibt einen einfachen Ausweg.',
      signs: [
        'Eine Fehlermeldung, die sich umgehen lässt',
        'Antworten sind etwas langsam',
        'Ein Ergebnis ist falsch, und wenig hängt davon ab',
        'Eine Frage zu Funktionen oder Einstellungen während der Einführung des Dienstes',
      ],
    },
    4: {
      name: 'Die Arbeit geht weiter',
      what: 'Eine Frage oder ein kleiner Fehler, der nicht berührt, was der Dienst leistet: wie etwas geht, Dokumentation, ein Wunsch.',
      signs: ['Beratung zur Nutzung des Dienstes', 'Etwas in der Dokumentation oder in den Versionshinweisen ist unklar'],
    },
  },
  signs: 'Zum Beispiel',
  columns: {
    level: 'Stufe',
    beginWork: 'Beginn',
    response: 'Erste Antwort',
    completion: 'Erledigt',
    channel: 'Kanal',
  },
  target: (target) =>
    'elapsedMs' in target
      ? plural(target.elapsedMs / 3_600_000, 'Stunde', 'Stunden')
      : plural(target.businessDays, 'Arbeitstag', 'Arbeitstage'),
  none: '–',
  by: { telephone: 'nur Telefon', any: 'beliebig' },
  rules: [
    'Die Stufe legen Sie bei der Anfrage fest, nach den Folgen für Ihre Arbeit: Nennen Sie, was nicht mehr geht und wie viele Personen es betrifft. Der Support kann eine andere Stufe vorschlagen; sie ändert sich nur mit Ihrer Zustimmung.',
    'Stufe 1 muss telefonisch gemeldet werden. Anders gemeldet, wird die Anfrage bis zum Anruf wie Stufe 2 behandelt.',
    'Wünsche nach neuen Funktionen haben keine Stufe und keine Frist.',
    'Stunden sind vergangene Stunden, Tag und Nacht; Arbeitstage sind Montag bis Freitag ohne Feiertage. Die erste Antwort kommt von einem Menschen, nicht von einer Maschine.',
    'Dies sind Ziele, keine Garantien: Wie viele erreicht wurden, wird gesagt, und ein verfehltes Ziel ergibt keine Gutschrift.',
  ],
};
