/** Every Spanish sentence of the pages; reports stay English. Same shape as the English words. */
import type { ComponentState } from '#domain/sla/overall.ts';
import { lengthText } from '#domain/time/length-text.ts';
import { partsOf } from '../../format.ts';
import { enReports } from '../en/reports.ts';
import type { Words } from '../en/words.ts';
import { apiWords } from './api.ts';
import { badgeWords } from './badges.ts';
import { embedWords } from './embed.ts';
import { feedWords } from './feeds.ts';
import { frameWords } from './frame.ts';
import {
  are,
  atHead,
  COMPONENT,
  counted,
  DAY,
  fromTime,
  INCIDENT,
  lengthOf,
  listed,
  listedAtHead,
  PLACE,
  plural,
  shortLengthOf,
  the,
  toTime,
} from './grammar.ts';
import { historyWords } from './history.ts';
import { incidentWords } from './incidents.ts';
import { maintenanceWords } from './maintenance.ts';
import { pictureWords } from './picture.ts';
import { reasonWords } from './reasons.ts';
import { releasesWords } from './releases.ts';
import { severityWords } from './severity.ts';
import { slaWords } from './sla.ts';
import { subscribeWords } from './subscribe.ts';
import { widgetWords } from './widget.ts';

const states: Record<ComponentState, string> = {
  operational: 'Operativo',
  degraded: 'Rendimiento degradado',
  partial_outage: 'Interrupción parcial',
  major_outage: 'Interrupción',
  maintenance: 'En mantenimiento',
  unknown: 'Desconocido',
};
const MEASURED_DAY = { one: 'día medido', many: 'días medidos' };

export const es: Words = {
  lang: 'es',
  dir: 'ltr',
  skip: 'Ir a los componentes',
  title: (name) => (/\bstatus$|^estado\b/i.test(name) ? name : `${name}: estado`),

  headline(overall, investigating, measured, awaitsBeat = false) {
    const troubled = overall.headline === 'down' || overall.headline === 'all_down';
    if (!measured && awaitsBeat) return `A la espera del primer latido de ${listed(overall.unknown, COMPONENT)}.`;
    if (!measured) return overall.unknown.length === 0 ? 'Todavía no se supervisa nada.' : 'Las primeras comprobaciones están en curso.';
    if (!troubled && investigating.length > 0)
      return `En investigación: ${listed(investigating, COMPONENT)}. La última comprobación falló.`;
    switch (overall.headline) {
      case 'all_down':
        return overall.down.length === 1
          ? `${listedAtHead(overall.down, COMPONENT)} está fuera de servicio.`
          : 'Todos los componentes críticos están fuera de servicio.';
      case 'down':
        return `${listedAtHead(overall.down, COMPONENT)} ${are(overall.down)} fuera de servicio.`;
      case 'degraded':
        return `${listedAtHead(overall.degraded, COMPONENT)} ${overall.degraded.length === 1 ? 'funciona' : 'funcionan'} con rendimiento degradado.`;
      case 'maintenance':
        return `${listedAtHead(overall.maintenance, COMPONENT)} ${are(overall.maintenance)} en mantenimiento.`;
      case 'partly_unknown':
        return `No se observan problemas, pero se desconoce el estado de ${listed(overall.unknown, COMPONENT)}.`;
      case 'unknown':
        return 'Se desconoce el estado: no se ha medido nada recientemente.';
      case 'operational':
        return 'Todos los sistemas están operativos.';
    }
  },
  alsoUnknown: (names) => `Se desconoce el estado de ${listed(names, COMPONENT)}.`,
  lastChecked: 'Última comprobación:',
  neverChecked: 'Todavía sin comprobar.',
  neverBeat: 'Todavía no ha llegado ningún latido.',
  timesIn: (zone, id) => (zone === id ? `Las horas están en ${zone}.` : `Las horas están en ${zone} (${id}).`),
  stale: (at) => `Datos del ${at}: Avow no puede acceder a su almacén. Lo que sigue puede estar desactualizado.`,
  watchesItself: 'Avow se supervisa a sí mismo. Para supervisar un servicio propio, hay que describirlo en',
  watchesItselfThen: 'y reiniciar Avow o enviarle SIGHUP; la carpeta docs contiene un ejemplo comentado.',

  states,
  stateOf: (state, investigating, measured) =>
    investigating ? 'En investigación' : state === 'unknown' && !measured ? 'Todavía sin medir' : states[state],
  cause: ({ reason, httpStatus }) => {
    if (reason === 'paused') return 'sin medir: en pausa';
    return reason === 'awaits_beat' ? 'espera su primer latido' : reasonWords(reason, httpStatus);
  },
  since: (at) => `desde ${the(at)}`,
  sinceLong: (days) => `desde hace más de ${plural(days, DAY)}`,

  now: 'Qué ocurre ahora',
  components: 'Componentes',
  otherComponents: 'Otros componentes',
  barsNote: (from) => `Cada barra es un día, ${fromTime(from)} a hoy. Al abrir una fila de barras se leen sus días en palabras.`,
  barsLabel: (name, days) => (days === 1 ? `El último día de ${name}` : `Los últimos ${plural(days, DAY)} de ${name}`),
  barsSummary(down, degraded, unknown, measuredDays) {
    if (measuredDays === 0) return 'todavía no se ha medido nada';
    const parts = [
      down > 0 ? `interrupciones en ${plural(down, DAY)}` : 'ninguna interrupción',
      ...(degraded > 0 ? [`rendimiento degradado en ${plural(degraded, DAY)}`] : []),
      ...(unknown > 0 ? [`lagunas de medición en ${plural(unknown, DAY)}`] : []),
    ];
    return `${parts.join(', ')}; ${plural(measuredDays, MEASURED_DAY)}`;
  },
  dayTitle: (day, parts) => `${atHead(day)}: ${parts.join(', ')}`,
  partDown: (length) => `${length} fuera de servicio`,
  partDegraded: (length) => `${length} con rendimiento degradado`,
  partMaintenance: (length) => `${length} de mantenimiento`,
  partUnknown: (length) => `${length} sin medir`,
  noTroubleDays: (days) => (days === 0 ? 'Todavía no se ha medido nada.' : `Sin problemas en ${plural(days, MEASURED_DAY)}.`),
  otherDays: (days) =>
    days === 0 ? '' : days === 1 ? 'Sin problemas en el otro día medido.' : `Sin problemas en los otros ${plural(days, MEASURED_DAY)}.`,
  olderDays: (days) => `${plural(days, { one: 'día anterior', many: 'días anteriores' })} con problemas en la página del componente.`,
  tableDay: 'Día',
  tableDown: 'Inactividad',
  tableDegraded: 'Degradado',
  tableMaintenance: 'Mantenimiento',
  tableUnknown: 'Sin medir',
  none: '–',

  unmeasured: 'Lo que no medimos',
  notMeasured: (what, from, to) =>
    what === null ? `No medimos nada entre ${the(from)} y ${the(to)}.` : `No medimos ${what} entre ${the(from)} y ${the(to)}.`,
  notMeasuredSince: (what, from) =>
    what === null ? `No hemos medido nada desde ${the(from)}.` : `No hemos medido ${what} desde ${the(from)}.`,
  moreGaps: (count) => `${plural(count, { one: 'laguna más', many: 'lagunas más' })} en las últimas 24 horas.`,

  past: 'Los últimos 14 días',
  moreIncidents: (count) => `${plural(count, { one: 'incidente más', many: 'incidentes más' })} en este día.`,
  noIncidents: 'Sin incidentes.',
  notYetMeasured: 'Sin medir.',
  range: (from, to) => `${from} – ${to}`,
  today: 'Hoy',
  incidentStatus: {
    investigating: 'En investigación',
    identified: 'Identificado',
    monitoring: 'En observación',
    resolved: 'Resuelto',
    postmortem: 'Análisis posterior',
  },
  openSince: (at) => `Desde ${the(at)}`,
  openAbove: (count) =>
    count === 1
      ? 'Un incidente sigue abierto; se describe más arriba.'
      : `${atHead(counted(count, INCIDENT))} siguen abiertos; se describen más arriba.`,
  lasted: (from, to, length) => `${atHead(fromTime(from))} ${toTime(to)}, ${length}.`,

  support: 'Soporte',
  machine: 'Estado en JSON',
  measuredBy: 'Medido y publicado por Avow.',

  kinds: {
    http: 'Una solicitud HTTP',
    tcp: 'Una conexión TCP',
    tls: 'Una negociación TLS',
    dns: 'Una consulta DNS',
    heartbeat: 'Un latido que envía la tarea',
    self: 'Avow se pregunta a sí mismo',
    store: 'Avow pregunta a su propio almacén',
  },
  every(ms) {
    const { days, hours, minutes, seconds } = partsOf(ms);
    const single = days + hours + minutes + seconds === 1;
    return single ? (days ? 'día' : hours ? 'hora' : minutes ? 'minuto' : 'segundo') : lengthOf(ms);
  },
  checkedEvery: (kind, every, locations) =>
    locations.length <= 1
      ? `${kind}, cada ${every}${locations[0] ? `, desde ${locations[0]}` : ''}.`
      : `${kind}, cada ${every}, desde ${plural(locations.length, PLACE)}: ${locations.join(', ')}.`,
  confirmedBy(count, quorum, locations) {
    const seen = locations > 1 ? `, si se observan desde al menos ${plural(quorum, PLACE)}` : '';
    if (count === 1)
      return `Un fallo constituye una interrupción${locations > 1 ? `, si se observa desde al menos ${plural(quorum, PLACE)}` : ''}; se fecha en ese fallo.`;
    return `${atHead(counted(count, { one: 'fallo', many: 'fallos' }))} seguidos constituyen una interrupción${seen}; se fecha en el primero de ellos.`;
  },
  sentinelsOff:
    'No hay ningún centinela configurado, de modo que no se puede distinguir un corte de la red en la que se ejecuta Avow de una interrupción de este componente.',
  lastCheck: 'La última comprobación',
  lastCheckAt: (location) => `Desde ${location}`,
  neverYet: 'Todavía no ha terminado ninguna comprobación.',
  outcome: {
    ok: 'Respondió según lo esperado',
    slow: 'Respondió, pero con lentitud',
    fail: 'Falló',
    error: 'No pudo realizarse',
  },
  phases: {
    dns: 'Resolver el nombre',
    connect: 'Conectar',
    tls: 'Acordar el cifrado',
    ttfb: 'Esperar el primer byte',
    transfer: 'Recibir el resto',
  },
  phase: 'Fase',
  took: 'Duró',
  together: 'La comprobación completa',
  phasesLabel: 'En qué se empleó el tiempo de la última comprobación',
  status: (code) => `Estado HTTP ${code}`,
  certificate: (day, days) =>
    days < 0 ? `El certificado caducó el ${day}.` : `El certificado es válido hasta el ${day}, dentro de ${plural(days, DAY)}.`,

  latency: 'Cuánto tardan las respuestas',
  latencyNote: (from) =>
    `Solo respuestas correctas, medidas desde ${from}. La línea es la mediana; una de cada veinte respuestas tardó más de lo que abarca la banda.`,
  noLatency: 'Todavía no se ha cronometrado ninguna respuesta.',
  ranges: { '24h': '24 horas', '7d': '7 días', '30d': '30 días', '90d': '90 días' },
  rangeChoice: 'Intervalo',
  plotLabel: (range, median, p95) => `Latencia en ${range}: mediana de ${median}, 95 de cada 100 en ${p95} o menos al final del intervalo`,
  asTable: (range) => `${range} en forma de tabla`,
  from: 'Desde',
  median: 'Mediana',
  within95: '95 de cada 100 en',
  slowest: 'La más lenta',
  answers: 'Respuestas',

  ninetyDays: 'Noventa días',
  allDays: 'Todos los días en forma de tabla',
  stretches: 'Todos los cambios de estado',
  before: (day) => `antes ${fromTime(day)}`,
  moreThan: (length) => `más de ${length}`,
  stretchState: 'Estado',
  stretchStart: 'Desde',
  stretchEnd: 'Hasta',
  stretchLength: 'Duración',
  lasts: 'ahora',
  moreStretches: (count) => `${plural(count, { one: 'tramo anterior', many: 'tramos anteriores' })} sin mostrar.`,

  maintenance: maintenanceWords,
  history: historyWords,
  badges: badgeWords,
  feeds: feedWords,
  frame: frameWords,
  incidents: incidentWords,
  picture: pictureWords,
  api: apiWords,
  reports: enReports,
  sla: slaWords,
  severity: severityWords,
  releases: releasesWords,
  widget: widgetWords,
  embed: embedWords,
  subscribe: subscribeWords,

  notFoundTitle: 'No existe esa página',
  notFound: 'Puede que la dirección contenga un error, que el componente ya no se supervise o que en ese mes no se midiera nada.',
  toStatus: (name) => `Estado actual de ${name}`,
  settingUpTitle: 'Esta página de estado se está preparando.',
  settingUp: 'Todavía no se ha medido nada. Vuelva a mirar dentro de un minuto.',

  length: lengthOf,
  units: ', |d|h|min|s',
  openLength: (ms) => (ms < 60_000 ? '' : `, ${shortLengthOf(ms - (ms % 60_000))}`),
  shortLength: shortLengthOf,
  exactLength: lengthText,
};
