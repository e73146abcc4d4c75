import type { Translated } from '../domain/language.ts';

/**
 * What the check of a programme file says, in the four languages. The English is that of the check, word for word: an
 * entry is found by it. The first that fits is taken. Keys and words of the file stay as they are in it, and so do the
 * examples of its schema.
 */
export const MISTAKES = [
  // --- What the file holds --------------------------------------------------------------------------------------
  {
    en: 'an entry is empty; write it, or take its dash away',
    es: 'hay una entrada vacía; escríbala o quite su guion',
    pt: 'há uma entrada vazia; escreva-a ou retire o seu hífen',
    fr: 'une entrée est vide\u00a0; écrivez-la ou retirez son tiret',
  },
  {
    en: 'nothing is written here; {how}',
    es: 'aquí no hay nada escrito; {how}',
    pt: 'aqui não há nada escrito; {how}',
    fr: 'rien n’est écrit ici\u00a0; {how}',
  },
  {
    en: '{value} is not a key that is known here; did you mean {meant}? Known here: {list}',
    es: '{value} no es una clave conocida aquí; ¿quiso decir {meant}? Aquí se conocen: {list}',
    pt: '{value} não é uma chave conhecida aqui; quis dizer {meant}? Aqui são conhecidas: {list}',
    fr: '{value} n’est pas une clé connue ici\u00a0; vouliez-vous dire {meant}\u00a0? Sont connues ici\u00a0: {list}',
  },
  {
    en: '{value} is not a key that is known here; leave it out, or write one of: {list}',
    es: '{value} no es una clave conocida aquí; quítela o escriba una de estas: {list}',
    pt: '{value} não é uma chave conhecida aqui; retire-a ou escreva uma destas: {list}',
    fr: '{value} n’est pas une clé connue ici\u00a0; retirez-la ou écrivez l’une de celles-ci\u00a0: {list}',
  },
  {
    en: '{value} is not one of the words for this; write one of: {list} (did you mean {meant}?)',
    es: '{value} no es una de las palabras previstas; escriba una de estas: {list} (¿quiso decir {meant}?)',
    pt: '{value} não é uma das palavras previstas; escreva uma destas: {list} (quis dizer {meant}?)',
    fr: '{value} n’est pas l’un des mots prévus\u00a0; écrivez l’un de ceux-ci\u00a0: {list} (vouliez-vous dire {meant}\u00a0?)',
  },
  {
    en: '{value} is not one of the words for this; write one of: {list}',
    es: '{value} no es una de las palabras previstas; escriba una de estas: {list}',
    pt: '{value} não é uma das palavras previstas; escreva uma destas: {list}',
    fr: '{value} n’est pas l’un des mots prévus\u00a0; écrivez l’un de ceux-ci\u00a0: {list}',
  },
  {
    en: 'there is no entry here; write {n} or more, each after "- "',
    es: 'aquí no hay ninguna entrada; escriba {n} o más, cada una después de "- "',
    pt: 'aqui não há nenhuma entrada; escreva {n} ou mais, cada uma depois de "- "',
    fr: 'il n’y a aucune entrée ici\u00a0; écrivez-en {n} ou plus, chacune après "- "',
  },
  {
    en: 'there is 1 entry here; write {n} or more, each after "- "',
    es: 'aquí hay 1 entrada; escriba {n} o más, cada una después de "- "',
    pt: 'aqui há 1 entrada; escreva {n} ou mais, cada uma depois de "- "',
    fr: 'il y a 1 entrée ici\u00a0; écrivez-en {n} ou plus, chacune après "- "',
  },
  {
    en: 'there are {count} entries here; write {n} or more, each after "- "',
    es: 'aquí hay {count} entradas; escriba {n} o más, cada una después de "- "',
    pt: 'aqui há {count} entradas; escreva {n} ou mais, cada uma depois de "- "',
    fr: 'il y a {count} entrées ici\u00a0; écrivez-en {n} ou plus, chacune après "- "',
  },
  {
    en: 'there are {count} entries here; write {n} at most',
    es: 'aquí hay {count} entradas; escriba {n} como máximo',
    pt: 'aqui há {count} entradas; escreva no máximo {n}',
    fr: 'il y a {count} entrées ici\u00a0; écrivez-en {n} au plus',
  },
  {
    en: 'this is {count} characters long; write {n} at most',
    es: 'este texto tiene {count} caracteres; escriba {n} como máximo',
    pt: 'este texto tem {count} caracteres; escreva no máximo {n}',
    fr: 'ce texte compte {count} caractères\u00a0; écrivez-en {n} au plus',
  },
  {
    en: '{value} is too little; write a number above {n}',
    es: '{value} es muy poco; escriba un número mayor que {n}',
    pt: '{value} é muito pouco; escreva um número maior que {n}',
    fr: '{value} est trop peu\u00a0; écrivez un nombre supérieur à {n}',
  },
  {
    en: '{value} is too little; write {n} or more',
    es: '{value} es muy poco; escriba {n} o más',
    pt: '{value} é muito pouco; escreva {n} ou mais',
    fr: '{value} est trop peu\u00a0; écrivez {n} ou plus',
  },
  {
    en: '{value} is too much; write {n} or less',
    es: '{value} es demasiado; escriba {n} o menos',
    pt: '{value} é demais; escreva {n} ou menos',
    fr: '{value} est trop\u00a0; écrivez {n} ou moins',
  },
  {
    en: 'this is a list where a text belongs; {how}',
    es: 'aquí hay una lista y debe ir un texto; {how}',
    pt: 'aqui há uma lista e deve haver um texto; {how}',
    fr: 'il y a ici une liste au lieu d’un texte\u00a0; {how}',
  },
  {
    en: 'this is a group of keys where a text belongs; {how}',
    es: 'aquí hay un grupo de claves y debe ir un texto; {how}',
    pt: 'aqui há um grupo de chaves e deve haver um texto; {how}',
    fr: 'il y a ici un groupe de clés au lieu d’un texte\u00a0; {how}',
  },
  {
    en: '{value} is read as a number where a text belongs; put it in quotes, {quoted}',
    es: '{value} se lee como un número y debe ser un texto; póngalo entre comillas: {quoted}',
    pt: '{value} é lido como um número e deve ser um texto; coloque-o entre aspas: {quoted}',
    fr: '{value} est lu comme un nombre au lieu d’un texte\u00a0; mettez-le entre guillemets\u00a0: {quoted}',
  },
  {
    en: '{value} is read as yes or no where a text belongs; put it in quotes, {quoted}',
    es: '{value} se lee como sí o no y debe ser un texto; póngalo entre comillas: {quoted}',
    pt: '{value} é lido como sim ou não e deve ser um texto; coloque-o entre aspas: {quoted}',
    fr: '{value} est lu comme oui ou non au lieu d’un texte\u00a0; mettez-le entre guillemets\u00a0: {quoted}',
  },
  {
    en: 'a list or group of keys is no number; {how}, without quotes',
    es: 'una lista o un grupo de claves no es un número; {how}, sin comillas',
    pt: 'uma lista ou um grupo de chaves não é um número; {how}, sem aspas',
    fr: 'une liste ou un groupe de clés n’est pas un nombre\u00a0; {how}, sans guillemets',
  },
  {
    en: '{value} is no whole number; {how}',
    es: '{value} no es un número entero; {how}',
    pt: '{value} não é um número inteiro; {how}',
    fr: '{value} n’est pas un nombre entier\u00a0; {how}',
  },
  {
    en: '{value} is no number; {how}, without quotes',
    es: '{value} no es un número; {how}, sin comillas',
    pt: '{value} não é um número; {how}, sem aspas',
    fr: '{value} n’est pas un nombre\u00a0; {how}, sans guillemets',
  },
  {
    en: '{value} is no number; {how}',
    es: '{value} no es un número; {how}',
    pt: '{value} não é um número; {how}',
    fr: '{value} n’est pas un nombre\u00a0; {how}',
  },
  {
    en: 'a list or group of keys is neither true nor false; write true or false, without quotes',
    es: 'una lista o un grupo de claves no es ni true ni false; escriba true (sí) o false (no), sin comillas',
    pt: 'uma lista ou um grupo de chaves não é true nem false; escreva true (sim) ou false (não), sem aspas',
    fr: 'une liste ou un groupe de clés n’est ni true ni false\u00a0; écrivez true (oui) ou false (non), sans guillemets',
  },
  {
    en: '{value} is neither true nor false; write true or false, without quotes',
    es: '{value} no es ni true ni false; escriba true (sí) o false (no), sin comillas',
    pt: '{value} não é true nem false; escreva true (sim) ou false (não), sem aspas',
    fr: '{value} n’est ni true ni false\u00a0; écrivez true (oui) ou false (non), sans guillemets',
  },
  {
    en: 'this is not a list; {how}',
    es: 'esto no es una lista; {how}',
    pt: 'isto não é uma lista; {how}',
    fr: 'ceci n’est pas une liste\u00a0; {how}',
  },
  {
    en: 'a list stands where keys with values belong; {how}',
    es: 'hay una lista y deben ir claves con sus valores; {how}',
    pt: 'há uma lista e deve haver chaves com seus valores; {how}',
    fr: 'il y a une liste au lieu de clés avec leurs valeurs\u00a0; {how}',
  },
  {
    en: '{value} stands where keys with values belong; {how}',
    es: 'dice {value} y deben ir claves con sus valores; {how}',
    pt: 'está escrito {value} e deve haver chaves com seus valores; {how}',
    fr: 'il est écrit {value} au lieu de clés avec leurs valeurs\u00a0; {how}',
  },
  {
    en: '{value} is not written as it has to be; {how}',
    es: '{value} no está escrito como debe; {how}',
    pt: '{value} não está escrito como deve; {how}',
    fr: '{value} n’est pas écrit comme il se doit\u00a0; {how}',
  },

  // --- Single values --------------------------------------------------------------------------------------------
  {
    en: 'this has to be one line; write it without line breaks and tabs',
    es: 'esto debe ocupar una sola línea; escríbalo sin saltos de línea ni tabulaciones',
    pt: 'isto deve ocupar uma só linha; escreva-o sem quebras de linha nem tabulações',
    fr: 'ceci doit tenir sur une seule ligne\u00a0; écrivez-le sans retour à la ligne ni tabulation',
  },
  {
    en: '{value} is not written as a code; write lower-case letters, digits and hyphens, such as 14-per-chl',
    es: '{value} no está escrito como un código; escriba minúsculas, cifras y guiones, como 14-per-chl',
    pt: '{value} não está escrito como um código; escreva minúsculas, algarismos e hifens, como 14-per-chl',
    fr: '{value} n’est pas écrit comme un code\u00a0; écrivez des minuscules, des chiffres et des traits d’union, comme 14-per-chl',
  },
  {
    en: 'there is no time zone {value}; write one of the IANA list, region/city, such as America/Lima',
    es: 'no existe la zona horaria {value}; escriba una de la lista IANA, región/ciudad, como America/Lima',
    pt: 'não existe o fuso horário {value}; escreva um da lista IANA, região/cidade, como America/Lima',
    fr: 'le fuseau horaire {value} n’existe pas\u00a0; écrivez-en un de la liste IANA, région/ville, comme America/Lima',
  },
  {
    en: '{value} is not written as a date; write year-month-day, such as 2021-07-14',
    es: '{value} no está escrito como una fecha; escriba año-mes-día, como 2021-07-14',
    pt: '{value} não está escrito como uma data; escreva ano-mês-dia, como 2021-07-14',
    fr: '{value} n’est pas écrit comme une date\u00a0; écrivez année-mois-jour, comme 2021-07-14',
  },
  {
    en: '{value} does not exist: {month} has {n} days; write a date that exists',
    es: '{value} no existe: {month} tiene {n} días; escriba una fecha que exista',
    pt: '{value} não existe: {month} tem {n} dias; escreva uma data que exista',
    fr: '{value} n’existe pas\u00a0: {month} compte {n} jours\u00a0; écrivez une date qui existe',
  },
  {
    en: '{value} is not a time of day; write it in 24 hours, such as "10:00"',
    es: '{value} no es una hora del día; escríbala en 24 horas, como "10:00"',
    pt: '{value} não é uma hora do dia; escreva-a em 24 horas, como "10:00"',
    fr: '{value} n’est pas une heure de la journée\u00a0; écrivez-la sur 24 heures, comme "10:00"',
  },
  {
    en: '{value} is no country; write its two ISO 3166 letters in capitals, such as PE',
    es: '{value} no es un país; escriba sus dos letras ISO 3166 en mayúsculas, como PE',
    pt: '{value} não é um país; escreva as suas duas letras ISO 3166 em maiúsculas, como PE',
    fr: '{value} n’est pas un pays\u00a0; écrivez ses deux lettres ISO 3166 en majuscules, comme PE',
  },
  {
    en: '{value} hours are more than a session may last; write {n} or less',
    es: '{value} horas son más de lo que puede durar una sesión; escriba {n} o menos',
    pt: '{value} horas são mais do que uma sessão pode durar; escreva {n} ou menos',
    fr: '{value} heures dépassent la durée d’une séance\u00a0; écrivez {n} ou moins',
  },
  {
    en: '{value} is not a secure link; write it with https:// in place of http://',
    es: '{value} no es un enlace seguro; escríbalo con https:// en lugar de http://',
    pt: '{value} não é um link seguro; escreva-o com https:// em lugar de http://',
    fr: '{value} n’est pas un lien sécurisé\u00a0; écrivez-le avec https:// au lieu de http://',
  },
  {
    en: '{value} is not a link; write it whole, such as https://zoom.us/j/1234567890',
    es: '{value} no es un enlace; escríbalo completo, como https://zoom.us/j/1234567890',
    pt: '{value} não é um link; escreva-o completo, como https://zoom.us/j/1234567890',
    fr: '{value} n’est pas un lien\u00a0; écrivez-le en entier, comme https://zoom.us/j/1234567890',
  },
  {
    en: '{value} is not a mail address; write one such as ana.perez@ministry.example',
    es: '{value} no es una dirección de correo; escriba una como ana.perez@ministerio.example',
    pt: '{value} não é um endereço de e-mail; escreva um como ana.perez@ministerio.example',
    fr: '{value} n’est pas une adresse électronique\u00a0; écrivez-en une comme ana.perez@ministere.example',
  },

  // --- Rules across fields --------------------------------------------------------------------------------------
  {
    en: '{value} is listed twice; give each institution its own id',
    es: '{value} figura dos veces; dé a cada institución su propio id',
    pt: '{value} aparece duas vezes; dê a cada instituição o seu próprio id',
    fr: '{value} figure deux fois\u00a0; donnez à chaque institution son propre id',
  },
  {
    en: '{value} is kept for the consultant; choose another id',
    es: '{value} está reservado para el consultor o la consultora; elija otro id',
    pt: '{value} está reservado para o consultor ou a consultora; escolha outro id',
    fr: '{value} est réservé au consultant ou à la consultante\u00a0; choisissez un autre id',
  },
  {
    en: 'no institution has the role {value}; add one',
    es: 'ninguna institución tiene el papel (role) {value}; agregue una',
    pt: 'nenhuma instituição tem o papel (role) {value}; acrescente uma',
    fr: 'aucune institution n’a le rôle (role) {value}\u00a0; ajoutez-en une',
  },
  {
    en: 'there is a secretariat already; only one institution can be the secretariat',
    es: 'ya hay una Secretaría Técnica; solo una institución puede serlo',
    pt: 'já há uma Secretaria Técnica; apenas uma instituição pode sê-lo',
    fr: 'il y a déjà un Secrétariat technique\u00a0; une seule institution peut l’être',
  },
  {
    en: '{value} has no participant, so nobody could answer for it; add one under participants',
    es: '{value} no tiene participantes y nadie podría responder en su nombre; agregue uno en participants',
    pt: '{value} não tem participantes e ninguém poderia responder em seu nome; acrescente um em participants',
    fr: '{value} n’a pas de participant et personne ne pourrait répondre en son nom\u00a0; ajoutez-en un sous participants',
  },
  {
    en: '{value} is no listed institution; write one of: {list}',
    es: '{value} no es una de las instituciones indicadas; escriba una de estas: {list}',
    pt: '{value} não é uma das instituições indicadas; escreva uma destas: {list}',
    fr: '{value} n’est pas l’une des institutions indiquées\u00a0; écrivez l’une de celles-ci\u00a0: {list}',
  },
  {
    en: '{value} is listed twice; keep one entry',
    es: '{value} figura dos veces; deje una sola entrada',
    pt: '{value} aparece duas vezes; deixe apenas uma entrada',
    fr: '{value} figure deux fois\u00a0; ne gardez qu’une entrée',
  },
  {
    en: '{value} is listed twice with {address}; keep one entry',
    es: '{value} figura dos veces con {address}; deje una sola entrada',
    pt: '{value} aparece duas vezes com {address}; deixe apenas uma entrada',
    fr: '{value} figure deux fois avec {address}\u00a0; ne gardez qu’une entrée',
  },
  {
    en: '{value} is the address of somebody else already; each person needs an own address',
    es: '{value} ya es la dirección de otra persona; cada una necesita la suya',
    pt: '{value} já é o endereço de outra pessoa; cada uma precisa do seu',
    fr: '{value} est déjà l’adresse d’une autre personne\u00a0; chacune doit avoir la sienne',
  },
  {
    en: '{value} is the address of {holder} already; each person needs an own address',
    es: '{value} ya es la dirección de {holder}; cada persona necesita la suya',
    pt: '{value} já é o endereço de {holder}; cada pessoa precisa do seu',
    fr: '{value} est déjà l’adresse de {holder}\u00a0; chaque personne doit avoir la sienne',
  },
  {
    en: 'a session has either a date or a window; keep one of them',
    es: 'una sesión tiene una fecha (date) o un período (window); deje solo uno de los dos',
    pt: 'uma sessão tem uma data (date) ou um período (window); deixe apenas um dos dois',
    fr: 'une séance a soit une date (date), soit une période (window)\u00a0; ne gardez que l’une des deux',
  },
  {
    en: 'session {n} needs a date with the time it starts, or a window; write date: and starts:, or window: with from: and to:',
    es: 'la {n}.ª sesión necesita una fecha con su hora de inicio, o un período; escriba date: y starts:, o window: con from: y to:',
    pt: 'a {n}ª sessão precisa de uma data com a sua hora de início, ou de um período; escreva date: e starts:, ou window: com from: e to:',
    fr: 'la séance {n} a besoin d’une date avec son heure de début, ou d’une période\u00a0; écrivez date: et starts:, ou window: avec from: et to:',
  },
  {
    en: 'a session with a date needs the time it starts; write starts: "10:00" beside it',
    es: 'una sesión con fecha necesita su hora de inicio; escriba al lado starts: "10:00"',
    pt: 'uma sessão com data precisa da sua hora de início; escreva ao lado starts: "10:00"',
    fr: 'une séance datée a besoin de son heure de début\u00a0; écrivez à côté starts: "10:00"',
  },
  {
    en: 'only a session with a date has a time; leave it out, the parties will agree it with the date',
    es: 'solo una sesión con fecha tiene hora; quítela: las partes la acordarán con la fecha',
    pt: 'apenas uma sessão com data tem hora; retire-a: as partes a acordarão com a data',
    fr: 'seule une séance datée a une heure\u00a0; retirez-la\u00a0: les parties en conviendront avec la date',
  },
  {
    en: 'the window ends ({value}) before it begins ({from}); write {from} or a later day',
    es: 'el período termina ({value}) antes de empezar ({from}); escriba {from} o un día posterior',
    pt: 'o período termina ({value}) antes de começar ({from}); escreva {from} ou um dia posterior',
    fr: 'la période se termine ({value}) avant de commencer ({from})\u00a0; écrivez {from} ou un jour ultérieur',
  },
  {
    en: 'session {n} ({value}) is earlier than {before}; write {from} or a later day, or put the sessions in their order',
    es: 'la {n}.ª sesión ({value}) es anterior a {before}; escriba {from} o un día posterior, o ponga las sesiones en su orden',
    pt: 'a {n}ª sessão ({value}) é anterior a {before}; escreva {from} ou um dia posterior, ou coloque as sessões em sua ordem',
    fr: 'la séance {n} ({value}) précède {before}\u00a0; écrivez {from} ou un jour ultérieur, ou mettez les séances dans leur ordre',
  },
  {
    en: 'session {n} has neither a link nor a place; write link: https://… or place: in it, or under meeting for all sessions',
    es: 'la {n}.ª sesión no tiene ni enlace ni lugar; escriba en ella link: https://… o place:, o en meeting para todas las sesiones',
    pt: 'a {n}ª sessão não tem link nem local; escreva nela link: https://… ou place:, ou em meeting para todas as sessões',
    fr: 'la séance {n} n’a ni lien ni lieu\u00a0; écrivez-y link: https://… ou place:, ou sous meeting pour toutes les séances',
  },

  // --- The file as a whole --------------------------------------------------------------------------------------
  {
    en: '{file} cannot be read, because it is nested too deeply or repeats itself too often by aliases (*); write it as the examples are written',
    es: '{file} no se puede leer, porque tiene demasiados niveles o se repite demasiado con alias (*); escríbalo como los ejemplos',
    pt: '{file} não pode ser lido, porque tem níveis demais ou se repete demais com aliases (*); escreva-o como os exemplos',
    fr: '{file} ne peut pas être lu, car il a trop de niveaux ou se répète trop par des alias (*)\u00a0; écrivez-le comme les exemples',
  },
  {
    en: '{file} is larger than 1 MB; a programme file holds text alone, no pictures or documents',
    es: '{file} supera 1 MB; el archivo de un programa contiene solo texto, sin imágenes ni documentos',
    pt: '{file} ultrapassa 1 MB; o arquivo de um programa contém apenas texto, sem imagens nem documentos',
    fr: '{file} dépasse 1 Mo\u00a0; le fichier d’un programme ne contient que du texte, sans images ni documents',
  },
  {
    en: '{file} is no text file; save the programme as plain text, as the examples are',
    es: '{file} no es un archivo de texto; guarde el programa como texto sin formato, como los ejemplos',
    pt: '{file} não é um arquivo de texto; salve o programa como texto sem formatação, como os exemplos',
    fr: '{file} n’est pas un fichier texte\u00a0; enregistrez le programme en texte brut, comme les exemples',
  },
  {
    en: '{file} is empty; begin with a copy of one of the examples',
    es: '{file} está vacío; empiece con una copia de uno de los ejemplos',
    pt: '{file} está vazio; comece com uma cópia de um dos exemplos',
    fr: '{file} est vide\u00a0; commencez par une copie de l’un des exemples',
  },
  {
    en: 'a programme is written as keys with their values; begin with id: and the code of the cooperation',
    es: 'un programa se escribe como claves con sus valores; empiece con id: y el código de la cooperación',
    pt: 'um programa é escrito como chaves com seus valores; comece com id: e o código da cooperação',
    fr: 'un programme s’écrit sous forme de clés avec leurs valeurs\u00a0; commencez par id: et le code de la coopération',
  },
  {
    en: '"*{value}" refers to something that is not in the file; put a value that begins with * in quotes',
    es: '"*{value}" remite a algo que no está en el archivo; ponga entre comillas un valor que empieza con *',
    pt: '"*{value}" remete a algo que não está no arquivo; coloque entre aspas um valor que começa com *',
    fr: '"*{value}" renvoie à quelque chose qui n’est pas dans le fichier\u00a0; mettez entre guillemets une valeur qui commence par *',
  },
  {
    en: 'a key is a word followed by a colon; write one',
    es: 'una clave es una palabra seguida de dos puntos; escriba una',
    pt: 'uma chave é uma palavra seguida de dois-pontos; escreva uma',
    fr: 'une clé est un mot suivi de deux-points\u00a0; écrivez-en une',
  },
  {
    en: '{value} is given twice; keep one of them',
    es: '{value} se indica dos veces; deje una sola',
    pt: '{value} é indicado duas vezes; deixe apenas uma',
    fr: '{value} est indiqué deux fois\u00a0; n’en gardez qu’un',
  },

  // --- The text of the file -------------------------------------------------------------------------------------
  {
    en: 'this is not expected here; look for a missing colon, quote or space in this line and the one before',
    es: 'esto no se esperaba aquí; busque si faltan dos puntos, una comilla o un espacio en esta línea o en la anterior',
    pt: 'isto não era esperado aqui; verifique se faltam dois-pontos, uma aspa ou um espaço nesta linha ou na anterior',
    fr: 'ceci n’est pas attendu ici\u00a0; cherchez deux-points, un guillemet ou une espace qui manque dans cette ligne ou la précédente',
  },
  {
    en: 'an alias (*) cannot have a tag or an anchor; write the value out',
    es: 'un alias (*) no puede llevar etiqueta ni ancla; escriba el valor completo',
    pt: 'um alias (*) não pode ter etiqueta nem âncora; escreva o valor por extenso',
    fr: 'un alias (*) ne peut avoir ni étiquette ni ancre\u00a0; écrivez la valeur en entier',
  },
  {
    en: 'a value that begins with * or & has a meaning of its own here; put it in quotes',
    es: 'un valor que empieza con * o & tiene aquí un significado propio; póngalo entre comillas',
    pt: 'um valor que começa com * ou & tem aqui um significado próprio; coloque-o entre aspas',
    fr: 'une valeur qui commence par * ou & a ici un sens particulier\u00a0; mettez-la entre guillemets',
  },
  {
    en: 'a tag (!) does not fit its value; leave the tag out',
    es: 'una etiqueta (!) no corresponde a su valor; quítela',
    pt: 'uma etiqueta (!) não corresponde ao seu valor; retire-a',
    fr: 'une étiquette (!) ne convient pas à sa valeur\u00a0; retirez-la',
  },
  {
    en: 'a line that begins with % has a meaning of its own here; leave it out, or put the value in quotes',
    es: 'una línea que empieza con % tiene aquí un significado propio; quítela o ponga el valor entre comillas',
    pt: 'uma linha que começa com % tem aqui um significado próprio; retire-a ou coloque o valor entre aspas',
    fr: 'une ligne qui commence par % a ici un sens particulier\u00a0; retirez-la ou mettez la valeur entre guillemets',
  },
  {
    en: 'a backslash in double quotes begins a special character; write it twice, or use single quotes',
    es: 'una barra inversa (\\) entre comillas dobles inicia un carácter especial; escríbala dos veces o use comillas simples',
    pt: 'uma barra invertida (\\) entre aspas duplas inicia um caractere especial; escreva-a duas vezes ou use aspas simples',
    fr: 'une barre oblique inverse (\\) entre guillemets doubles introduit un caractère spécial\u00a0; écrivez-la deux fois ou utilisez des guillemets simples',
  },
  {
    en: 'this line begins too far to the left or to the right; begin it where its neighbours begin',
    es: 'esta línea empieza demasiado a la izquierda o a la derecha; empiécela donde empiezan las vecinas',
    pt: 'esta linha começa demasiado à esquerda ou à direita; comece-a onde começam as vizinhas',
    fr: 'cette ligne commence trop à gauche ou trop à droite\u00a0; commencez-la là où commencent ses voisines',
  },
  {
    en: 'an anchor (&) or a tag (!) stands in the wrong place; leave it out',
    es: 'un ancla (&) o una etiqueta (!) está fuera de lugar; quítela',
    pt: 'uma âncora (&) ou uma etiqueta (!) está fora de lugar; retire-a',
    fr: 'une ancre (&) ou une étiquette (!) est mal placée\u00a0; retirez-la',
  },
  {
    en: 'a value cannot begin with this character; put the value in quotes',
    es: 'un valor no puede empezar con este carácter; ponga el valor entre comillas',
    pt: 'um valor não pode começar com este caractere; coloque o valor entre aspas',
    fr: 'une valeur ne peut pas commencer par ce caractère\u00a0; mettez la valeur entre guillemets',
  },
  {
    en: 'there are two colons in this line, or a dash after a colon; put the value in quotes',
    es: 'en esta línea hay dos veces dos puntos, o un guion después de ellos; ponga el valor entre comillas',
    pt: 'nesta linha há dois-pontos duas vezes, ou um hífen depois deles; coloque o valor entre aspas',
    fr: 'il y a deux fois deux-points dans cette ligne, ou un tiret après eux\u00a0; mettez la valeur entre guillemets',
  },
  {
    en: 'a list in [ ] or { } is not closed before this line; close it, or write one entry a line after "- "',
    es: 'una lista entre [ ] o { } no se cierra antes de esta línea; ciérrela, o escriba una entrada por línea después de "- "',
    pt: 'uma lista entre [ ] ou { } não se fecha antes desta linha; feche-a, ou escreva uma entrada por linha depois de "- "',
    fr: 'une liste entre [ ] ou { } n’est pas fermée avant cette ligne\u00a0; fermez-la, ou écrivez une entrée par ligne après "- "',
  },
  {
    en: 'this key is longer than any key of a programme; perhaps a line break is missing after it',
    es: 'esta clave es más larga que cualquiera de un programa; quizá falta después un salto de línea',
    pt: 'esta chave é mais longa que qualquer uma de um programa; talvez falte depois uma quebra de linha',
    fr: 'cette clé est plus longue que toutes celles d’un programme\u00a0; il manque peut-être ensuite un retour à la ligne',
  },
  {
    en: 'something is missing here: a colon, a comma, or the quote or bracket that closes',
    es: 'aquí falta algo: dos puntos, una coma, o la comilla o el corchete que cierra',
    pt: 'aqui falta algo: dois-pontos, uma vírgula, ou a aspa ou o colchete que fecha',
    fr: 'il manque ici quelque chose\u00a0: deux-points, une virgule, ou le guillemet ou crochet fermant',
  },
  {
    en: 'this line has no colon, or a quote is not closed; write key: value, or put long texts below ">-"',
    es: 'esta línea no tiene dos puntos, o una comilla no se cierra; escriba clave: valor, o ponga los textos largos debajo de ">-"',
    pt: 'esta linha não tem dois-pontos, ou uma aspa não se fecha; escreva chave: valor, ou coloque os textos longos abaixo de ">-"',
    fr: 'cette ligne n’a pas de deux-points, ou un guillemet n’est pas fermé\u00a0; écrivez clé: valeur, ou mettez les longs textes sous ">-"',
  },
  {
    en: 'a value can have one anchor (&) only; leave the others out',
    es: 'un valor puede llevar una sola ancla (&); quite las demás',
    pt: 'um valor pode ter uma só âncora (&); retire as demais',
    fr: 'une valeur ne peut avoir qu’une ancre (&)\u00a0; retirez les autres',
  },
  {
    en: 'a second document begins here; keep one programme in a file, and no line of --- or ... after its beginning',
    es: 'aquí empieza un segundo documento; deje un solo programa en el archivo, y ninguna línea de --- o ... después del comienzo',
    pt: 'aqui começa um segundo documento; deixe um só programa no arquivo, e nenhuma linha de --- ou ... depois do começo',
    fr: 'un second document commence ici\u00a0; gardez un seul programme par fichier, et aucune ligne de --- ou ... après le début',
  },
  {
    en: 'a value can have one tag (!) only; leave the others out',
    es: 'un valor puede llevar una sola etiqueta (!); quite las demás',
    pt: 'um valor pode ter uma só etiqueta (!); retire as demais',
    fr: 'une valeur ne peut avoir qu’une étiquette (!)\u00a0; retirez les autres',
  },
  {
    en: 'a key is a word followed by a colon',
    es: 'una clave es una palabra seguida de dos puntos',
    pt: 'uma chave é uma palavra seguida de dois-pontos',
    fr: 'une clé est un mot suivi de deux-points',
  },
  {
    en: 'a tab stands where spaces are needed; write two spaces for each level',
    es: 'hay una tabulación donde deben ir espacios; escriba dos espacios por cada nivel',
    pt: 'há uma tabulação onde deve haver espaços; escreva dois espaços para cada nível',
    fr: 'il y a une tabulation là où il faut des espaces\u00a0; écrivez deux espaces par niveau',
  },
  {
    en: 'a value that begins with ! has a meaning of its own here; put it in quotes',
    es: 'un valor que empieza con ! tiene aquí un significado propio; póngalo entre comillas',
    pt: 'um valor que começa com ! tem aqui um significado próprio; coloque-o entre aspas',
    fr: 'une valeur qui commence par ! a ici un sens particulier\u00a0; mettez-la entre guillemets',
  },
  {
    en: 'the quote that opens here is not closed; write {value} where the text ends',
    es: 'la comilla que se abre aquí no se cierra; escriba {value} donde termina el texto',
    pt: 'a aspa que se abre aqui não se fecha; escreva {value} onde termina o texto',
    fr: 'le guillemet ouvert ici n’est pas fermé\u00a0; écrivez {value} là où le texte se termine',
  },
  {
    en: 'a space is missing after the dash; write {value}',
    es: 'falta un espacio después del guion; escriba {value}',
    pt: 'falta um espaço depois do hífen; escreva {value}',
    fr: 'il manque une espace après le tiret\u00a0; écrivez {value}',
  },
  {
    en: 'a space is missing after the colon; write {value}',
    es: 'falta un espacio después de los dos puntos; escriba {value}',
    pt: 'falta um espaço depois dos dois-pontos; escreva {value}',
    fr: 'il manque une espace après les deux-points\u00a0; écrivez {value}',
  },
  {
    en: 'a colon is missing after {key}; write {value}',
    es: 'faltan los dos puntos después de {key}; escriba {value}',
    pt: 'faltam os dois-pontos depois de {key}; escreva {value}',
    fr: 'il manque les deux-points après {key}\u00a0; écrivez {value}',
  },
  {
    en: 'the bracket that opens here is not closed; write {value} where the list ends',
    es: 'el corchete que se abre aquí no se cierra; escriba {value} donde termina la lista',
    pt: 'o colchete que se abre aqui não se fecha; escreva {value} onde termina a lista',
    fr: 'le crochet ouvert ici n’est pas fermé\u00a0; écrivez {value} là où la liste se termine',
  },
  {
    en: 'there is a bracket too many here; take it away',
    es: 'aquí sobra un corchete; quítelo',
    pt: 'aqui há um colchete a mais; retire-o',
    fr: 'il y a ici un crochet de trop\u00a0; retirez-le',
  },
  {
    en: 'this text has a meaning of its own in YAML, because of its colon; write it in quotes, and no quotes of the same kind within it: \'…\' or "…"',
    es: 'este texto tiene un significado propio en YAML, por sus dos puntos; escríbalo entre comillas, sin comillas iguales dentro: \'…\' o "…"',
    pt: 'este texto tem um significado próprio em YAML, por causa dos dois-pontos; escreva-o entre aspas, sem aspas iguais dentro: \'…\' ou "…"',
    fr: 'ce texte a un sens particulier en YAML, à cause de ses deux-points\u00a0; écrivez-le entre guillemets, sans guillemets du même type à l’intérieur\u00a0: \'…\' ou "…"',
  },
  {
    en: 'this text has a meaning of its own in YAML; write it in quotes, and no quotes of the same kind within it: \'…\' or "…"',
    es: 'este texto tiene un significado propio en YAML; escríbalo entre comillas, sin comillas iguales dentro: \'…\' o "…"',
    pt: 'este texto tem um significado próprio em YAML; escreva-o entre aspas, sem aspas iguais dentro: \'…\' ou "…"',
    fr: 'ce texte a un sens particulier en YAML\u00a0; écrivez-le entre guillemets, sans guillemets du même type à l’intérieur\u00a0: \'…\' ou "…"',
  },
  {
    en: 'this line begins after {spaces} and its neighbours after {n}; write {wanted} before it',
    es: 'esta línea empieza después de {spaces} y las vecinas después de {n}; escriba {wanted} antes',
    pt: 'esta linha começa depois de {spaces} e as vizinhas depois de {n}; escreva {wanted} antes',
    fr: 'cette ligne commence après {spaces} et ses voisines après {n}\u00a0; écrivez {wanted} avant',
  },

  // --- Last, for these fit much ---------------------------------------------------------------------------------
  {
    en: '{key} is missing; {how}',
    es: 'falta {key}; {how}',
    pt: 'falta {key}; {how}',
    fr: '{key} manque\u00a0; {how}',
  },
] as const satisfies readonly Translated[];

/** Parts of the above, by what stands for them there. */
export const PARTS = {
  how: [
    {
      en: 'write {name}and below it, two spaces further in, {list}',
      es: 'escriba {name}y debajo, dos espacios más adentro, {list}',
      pt: 'escreva {name}e abaixo, dois espaços mais para dentro, {list}',
      fr: 'écrivez {name}et au-dessous, deux espaces plus à droite, {list}',
    },
    {
      en: 'write {name}{} or, below it, two spaces further in, {list}',
      es: 'escriba {name}{} o, debajo, dos espacios más adentro, {list}',
      pt: 'escreva {name}{} ou, abaixo, dois espaços mais para dentro, {list}',
      fr: 'écrivez {name}{} ou, au-dessous, deux espaces plus à droite, {list}',
    },
    {
      en: 'write {name}and below it one entry or more, each after "- "',
      es: 'escriba {name}y debajo una o más entradas, cada una después de "- "',
      pt: 'escreva {name}e abaixo uma ou mais entradas, cada uma depois de "- "',
      fr: 'écrivez {name}et au-dessous une ou plusieurs entrées, chacune après "- "',
    },
    {
      en: 'write {name}and one of: {list}',
      es: 'escriba {name}y una de estas palabras: {list}',
      pt: 'escreva {name}e uma destas palavras: {list}',
      fr: 'écrivez {name}et l’un de ces mots\u00a0: {list}',
    },
    {
      en: 'write {name}and its value',
      es: 'escriba {name}y su valor',
      pt: 'escreva {name}e o seu valor',
      fr: 'écrivez {name}et sa valeur',
    },
    {
      en: 'write {name}{example}, say',
      es: 'escriba, por ejemplo, {name}{example}',
      pt: 'escreva, por exemplo, {name}{example}',
      fr: 'écrivez, par exemple, {name}{example}',
    },
    {
      en: 'write {name}{example}',
      es: 'escriba {name}{example}',
      pt: 'escreva {name}{example}',
      fr: 'écrivez {name}{example}',
    },
  ],
  before: [
    {
      en: 'the coordination meeting ({value})',
      es: 'la reunión de coordinación ({value})',
      pt: 'reunião de coordenação ({value})',
      fr: 'la réunion de coordination ({value})',
    },
    {
      en: 'session {n} ({value})',
      es: 'la {n}.ª sesión ({value})',
      pt: '{n}ª sessão ({value})',
      fr: 'la séance {n} ({value})',
    },
  ],
  spaces: [
    { en: '1 space', es: '1 espacio', pt: '1 espaço', fr: '1 espace' },
    { en: '{n} spaces', es: '{n} espacios', pt: '{n} espaços', fr: '{n} espaces' },
  ],
  file: [{ en: 'the file', es: 'el archivo', pt: 'o arquivo', fr: 'le fichier' }],
} as const satisfies Record<string, readonly Translated[]>;
