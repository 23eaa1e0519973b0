/** Spanish sentences about support: the levels of a request, what they look like, and by when something happens. */
import type { SeverityLevel } from '#domain/support/severity.ts';
import type { severityWords as english } from '../en/severity.ts';
import { HOUR, plural } from './grammar.ts';

const levels: Readonly<Record<SeverityLevel, (typeof english.levels)[SeverityLevel]>> = {
  1: {
    name: 'El trabajo está detenido',
    what: 'El servicio no puede usarse en producción, o funciona tan mal que nadie puede razonablemente seguir trabajando con él. Soporte lo atiende antes que todo lo demás hasta que haya una corrección o una solución alternativa, y mientras tanto necesita personas de su organización que puedan ayudar.',
    signs: [
      'Se bloquea o se cierra',
      'Se pierden o se dañan datos',
      'Ha desaparecido una función de la que depende el trabajo',
      'Nadie puede entrar',
    ],
  },
  2: {
    name: 'El trabajo está gravemente afectado',
    what: 'Faltan funciones importantes y no hay una solución alternativa aceptable. El servicio funciona, pero de forma limitada, inestable o con interrupciones.',
    signs: [
      'Un error obliga a reiniciar o a recuperar',
      'Las respuestas son muy lentas',
      'Ha desaparecido una función, y el resto puede usarse con limitaciones',
    ],
  },
  3: {
    name: 'El trabajo está ligeramente afectado',
    what: 'Algo no funciona, pero la mayor parte del servicio sí, y hay una solución alternativa sencilla.',
    signs: [
      'Un mensaje de error que puede sortearse',
      'Las respuestas son algo lentas',
      'Un resultado es incorrecto y poco depende de él',
      'Una pregunta sobre funciones o ajustes durante la implantación del servicio',
    ],
  },
  4: {
    name: 'El trabajo continúa',
    what: 'Una pregunta o un fallo pequeño que no afecta a lo que hace el servicio: cómo se hace algo, la documentación, un deseo.',
    signs: ['Consejos sobre el uso del servicio', 'Algo no está claro en la documentación o en las notas de una versión'],
  },
};

export const severityWords: typeof english = {
  channels: 'Soporte',
  noChannels: 'La configuración todavía no indica ningún canal de soporte.',
  kinds: { telephone: 'Teléfono', email: 'Correo electrónico', chat: 'Chat', online: 'En línea' },
  heading: 'Cómo se clasifica una solicitud',
  caption: 'Objetivos por nivel, contados desde la recepción',
  level: (level) => `Nivel ${level}`,
  levels,
  signs: 'Por ejemplo',
  columns: {
    level: 'Nivel',
    beginWork: 'Inicio del trabajo',
    response: 'Primera respuesta',
    completion: 'Resolución',
    channel: 'Por',
  },
  target: (target) =>
    'elapsedMs' in target
      ? plural(target.elapsedMs / 3_600_000, HOUR)
      : plural(target.businessDays, { one: 'día hábil', many: 'días hábiles' }),
  none: '–',
  by: { telephone: 'solo teléfono', any: 'cualquier canal' },
  rules: [
    'El nivel lo fija quien hace la solicitud, según lo que supone para su trabajo: indique qué no puede hacer y cuántas personas no pueden hacerlo. Soporte puede proponer otro nivel; solo cambia con su acuerdo.',
    'El nivel 1 debe comunicarse por teléfono. Si se comunica de otro modo, se trata como nivel 2 hasta que llame.',
    'Las solicitudes de funciones nuevas no tienen nivel ni plazo.',
    'Las horas son horas transcurridas, de día y de noche; los días hábiles son de lunes a viernes, sin festivos. La primera respuesta la da una persona, no una máquina.',
    'Son objetivos y metas, no garantías: se informa de cuántos se alcanzaron, y no alcanzar uno no da derecho a ningún crédito.',
  ],
};
