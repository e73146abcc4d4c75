import type { Language } from '../../domain/language.ts';

/**
 * What the holidays of the table (`src/domain/dates/holidays.json`) are called: a line each, and a column for each
 * language of readers. The first name of a column is the one for readers of another country; those after it are what
 * countries that speak the language call the same, which their readers read. The last column has what the table says
 * otherwise: in Dutch, and where it errs in spelling.
 */
const NAMES = `
es | en | pt | fr | others
Año Nuevo | New Year’s Day | Ano-Novo; Confraternização Universal | Jour de l’An | Nieuwjaarsdag
Feriado de Año Nuevo | New Year’s Holiday | Feriado de Ano-Novo | Lendemain du Jour de l’An
Víspera de Año Nuevo; Fin de Año; Fiesta de Fin de Año | New Year’s Eve | Véspera de Ano-Novo | Veille du Jour de l’An
Epifanía; Día de los Reyes Magos; Día de los Santos Reyes | Epiphany | Dia de Reis | Épiphanie
Carnaval | Carnival | Carnaval | Carnaval
Día de Carnaval | Carnival Day | Dia de Carnaval | Jour du Carnaval
Último día de Carnaval | Carnival Day - Last Lap | Último dia de Carnaval | Dernier jour du Carnaval
Lunes de Carnaval | Carnival Monday | Segunda-feira de Carnaval | Lundi gras; Lundi Gras
Martes de Carnaval | Carnival Tuesday | Terça-feira de Carnaval | Mardi gras; Mardi Gras
Miércoles de Ceniza | Ash Wednesday | Quarta-feira de Cinzas | Mercredi des Cendres
Jueves Santo | Maundy Thursday | Quinta-feira Santa | Jeudi saint
Viernes Santo | Good Friday | Sexta-feira Santa | Vendredi saint; Vendredi Saint | Goede vrijdag
Lunes de Pascua | Easter Monday | Segunda-feira de Páscoa | Lundi de Pâques | Tweede paasdag
Lunes de Pentecostés | Whit Monday | Segunda-feira de Pentecostes | Lundi de Pentecôte
Ascensión del Señor | Ascension Day | Ascensão do Senhor | Ascension | Ascensión del señor
Corpus Christi | Corpus Christi | Corpus Christi | Fête-Dieu
Sagrado Corazón | Sacred Heart | Sagrado Coração de Jesus | Sacré-Cœur
Semana de Turismo | Tourism Week | Semana do Turismo | Semaine du tourisme
San José; Día de San José | Saint Joseph’s Day | São José | Saint-Joseph
San Pedro y San Pablo | Saints Peter and Paul | São Pedro e São Paulo | Saints Pierre et Paul
Asunción de la Virgen; La Asunción; Día de la Asunción | Assumption of Mary | Assunção de Nossa Senhora | Assomption; Assomption de Marie
Todos los Santos; Día de Todos los Santos | All Saints’ Day | Todos os Santos | Toussaint; La Toussaint | Todos Los Santos
Día de los Difuntos; Día de Difuntos; Día de Todos los Difuntos | All Souls’ Day | Finados | Jour des morts; Fête des Morts
Inmaculada Concepción; La Inmaculada Concepción; Inmaculada Concepción de María; Concepción de María | Immaculate Conception | Imaculada Conceição | Immaculée Conception
Nochebuena | Christmas Eve | Véspera de Natal | Veille de Noël
Navidad; Día de Navidad; Día de la Navidad; Navidad del Señor | Christmas Day | Natal | Noël | Eerste kerstdag
Día siguiente a la Navidad | Boxing Day; Day After Christmas | Dia seguinte ao Natal | Lendemain de Noël | Tweede kerstdag
Aíd al-Fitr | Eid al-Fitr; Eid-Ul-Fitr | Eid al-Fitr | Aïd el-Fitr | Ied-Ul-Fitre
Aíd al-Adha | Eid al-Adha; Eid-Ul-Azha | Eid al-Adha | Aïd el-Adha | Ied-Ul-Adha
Nacimiento del Profeta (Mawlid) | Youman Nabi | Nascimento do Profeta (Mawlid) | Naissance du Prophète (Mawlid)
Diwali | Diwali; Divali; Deepavali | Diwali | Divali
Holi (Phagwah) | Phagwah | Holi (Phagwah) | Holi (Phagwah) | Holi-Phagwa
Año Nuevo Chino | Chinese New Year | Ano-Novo Chinês | Nouvel An chinois | Chinees Nieuwjaar
Año Nuevo Aymara Amazónico | Andean Amazonian New Year | Ano-Novo Aimará Amazônico | Nouvel An aymara et amazonien
Día del Trabajo; Día Nacional del Trabajo; Día del Trabajador; Día de los Trabajadores; Día Internacional del Trabajo; Día Internacional de los Trabajadores; Día Mundial del Trabajador | Labour Day; Labor Day; May Day; National Labour Day; National Workers’ Day | Dia do Trabalho; Dia do Trabalhador | Fête du Travail | Dag van de Arbeid; Dia Mundial del Trabajador
Día del Trabajo (Randol Fawkes) | Randol Fawkes Labour Day | Dia do Trabalho (Randol Fawkes) | Fête du Travail (Randol Fawkes)
Fiesta de la Agricultura y del Trabajo | Agriculture and Labour Day | Festa da Agricultura e do Trabalho | Fête de l’Agriculture et du Travail
Día del Trabajador del Estado | Public Employees’ Day | Dia do Servidor Público | Journée des agents de l’État
Día de la Madre | Mother’s Day | Dia das Mães | Fête des Mères
Día del Padre | Father’s Day | Dia dos Pais | Fête des Pères
Día de los Niños | Children’s Day | Dia das Crianças | Journée des enfants
Día de la Familia | Family Day | Dia da Família | Journée de la famille
Día de Acción de Gracias | Thanksgiving Day | Dia de Ação de Graças | Action de grâce
Acción de Gracias tras el huracán María | Post-Hurricane Maria Thanksgiving Celebrations | Ação de Graças após o furacão Maria | Action de grâce après l’ouragan Maria
Día de la Independencia; Día de la Independencia Nacional; Día de la Independencia de Bolivia | Independence Day | Dia da Independência; Independência do Brasil | Fête de l’Indépendance; Fête de l’Indépendance Nationale | Onafhankelijkheidsdag
Declaración de la Independencia; Declaratoria de la Independencia | Declaration of Independence | Declaração da Independência | Déclaration d’indépendance
Primer Grito de Independencia | First Cry of Independence | Primeiro Grito de Independência | Premier cri d’indépendance
Día de la Emancipación | Emancipation Day; African Emancipation Day | Dia da Emancipação | Jour de l’Émancipation
Abolición de la esclavitud (Keti Koti) | Abolition of Slavery (Keti Koti) | Abolição da Escravatura (Keti Koti) | Abolition de l’esclavage (Keti Koti) | Keti Koti Dey
Día de las Libertades | Freedoms Day | Dia das Liberdades | Fête des libertés | Dag der Vrijheden
Día de la República | Republic Day | Dia da República; Proclamação da República | Fête de la République
Día Nacional | National Day | Dia Nacional | Fête nationale
Fiestas Patrias | National Holidays | Festas Pátrias | Fêtes nationales
Fiesta Nacional | National Holiday | Festa Nacional | Fête nationale (jour férié)
Feriado nacional; Feriado Nacional | Public Holiday | Feriado nacional | Jour férié national
Feriado bancario | Bank Holiday | Feriado bancário | Jour férié bancaire
Feriado con fines turísticos | Tourism Holiday | Feriado com fins turísticos | Jour férié à des fins touristiques
Asueto decretado | Day off by decree | Ponto facultativo decretado | Congé décrété
Asueto adicional | Additional day off | Ponto facultativo adicional | Congé supplémentaire
Asueto de la Administración Pública | Day off of the public administration | Ponto facultativo da administração pública | Congé de l’administration publique
Día de la Constitución | Constitution Day | Dia da Constituição | Fête de la Constitution
Jura de la Constitución; Día de la Jura de la Constitución Nacional | Oath to the Constitution | Juramento da Constituição | Serment à la Constitution
Día de la Revolución | Revolution Day | Dia da Revolução | Fête de la Révolution
Día de los Héroes Nacionales | National Heroes’ Day; National Heroes Day | Dia dos Heróis Nacionais | Journée des héros nationaux
Día de los Héroes y Benefactores Nacionales | National Heroes and Benefactors Day | Dia dos Heróis e Benfeitores Nacionais | Journée des héros et bienfaiteurs de la nation
Día de los Héroes de la Patria | Heroes of the Fatherland Day | Dia dos Heróis da Pátria | Journée des héros de la patrie
Día de los Mártires | Martyrs’ Day | Dia dos Mártires | Journée des martyrs
Día de Duelo Nacional | National Day of Mourning | Dia de Luto Nacional | Journée de deuil national
Día de la Raza | Columbus Day (Día de la Raza) | Dia da Raça (12 de outubro) | Journée de Christophe Colomb (Día de la Raza)
Día de Colón | Columbus Day | Dia de Colombo | Jour de Christophe Colomb
Día de las Américas | Day of the Americas; Pan American Day | Dia das Américas | Journée des Amériques
Día de las Culturas | Day of the Cultures | Dia das Culturas | Journée des cultures
Día de la Diversidad Cultural; Día del Respeto a la Diversidad Cultural | Day of Respect for Cultural Diversity | Dia da Diversidade Cultural | Journée de la diversité culturelle
Día de la Resistencia Indígena | Indigenous Resistance Day; Indigenous Peoples’ Resistance Day | Dia da Resistência Indígena | Journée de la résistance autochtone
Día del Encuentro de dos Mundos | Day of the Meeting of Two Worlds | Dia do Encontro de Dois Mundos | Journée de la rencontre de deux mondes
Día Nacional de los Pueblos Indígenas | National Indigenous Peoples Day | Dia Nacional dos Povos Indígenas | Journée nationale des peuples autochtones | Dag der Inheemsen
Día de los Cimarrones | Day of the Maroons | Dia dos Maroons | Journée des Marrons | Dag der Marrons
Día de la Persona Negra y la Cultura Afrocostarricense | Day of Black People and Afro-Costa Rican Culture | Dia da Pessoa Negra e da Cultura Afro-Costarriquenha | Journée de la personne noire et de la culture afro-costaricienne
Día de Zumbi y de la Conciencia Negra | Zumbi and Black Awareness Day | Dia Nacional de Zumbi e da Consciência Negra | Journée de Zumbi et de la conscience noire
Día de la Llegada | Arrival Day | Dia da Chegada | Jour de l’Arrivée
Día de la Llegada de los Indios | Indian Arrival Day | Dia da Chegada dos Indianos | Jour de l’Arrivée des Indiens
Día del Asentamiento Garífuna | Garifuna Settlement Day | Dia do Assentamento Garífuna | Jour de l’arrivée des Garifunas
Día de la Liberación de los Bautistas Espirituales | Spiritual Baptist Liberation Day; National Spiritual Baptist Day | Dia da Libertação dos Batistas Espirituais | Jour de la libération des baptistes spirituels
Día Nacional de las Iglesias Evangélicas y Protestantes | National Day of the Evangelical and Protestant Churches | Dia Nacional das Igrejas Evangélicas e Protestantes | Journée nationale des Églises évangéliques et protestantes
Día de la Commonwealth | Commonwealth Day | Dia da Commonwealth | Jour du Commonwealth
Día de la CARICOM | CARICOM Day | Dia da CARICOM | Journée de la CARICOM
Cincuentenario de la CARICOM | CARICOM’s 50th Anniversary; 50th Anniversary of CARICOM Holiday; 50th Anniversary of the Establishment of the Caribbean Community | Cinquentenário da CARICOM | Cinquantenaire de la CARICOM
Día siguiente a las elecciones generales | Day after the General Election | Dia seguinte às eleições gerais | Lendemain des élections générales
Día de la Victoria en las Elecciones Federales | Federal Election Victory Day | Dia da Vitória nas Eleições Federais | Jour de la victoire aux élections fédérales
Día de la Victoria en las Elecciones Locales | Local Election Victory Day | Dia da Vitória nas Eleições Locais | Jour de la victoire aux élections locales
Feriado de Salud Pública | Public Health Holiday | Feriado de Saúde Pública | Jour férié de santé publique
Día Nacional de la Limpieza | National Clean Up Day | Dia Nacional da Limpeza | Journée nationale du nettoyage
Día Nacional del Servicio Comunitario | National Day of Community Service | Dia Nacional do Serviço Comunitário | Journée nationale du service communautaire
Día del Gobierno de la Mayoría | Majority Rule Day | Dia do Governo da Maioria | Jour du gouvernement de la majorité
Día de Errol Barrow | Errol Barrow Day | Dia de Errol Barrow | Journée d’Errol Barrow
Día de Kadooment | Kadooment Day | Dia de Kadooment | Jour de Kadooment
Último día de Culturama | Culturama Day - Last Lap | Último dia do Culturama | Dernier jour du Culturama
Día de George Price | George Price Day | Dia de George Price | Journée de George Price
Día del Cayo San Jorge | Saint George’s Caye Day | Dia da Batalha de Saint George’s Caye | Journée de Saint George’s Caye
Día de sir Vere Cornwall Bird | Sir Vere Cornwall Bird Snr. Day | Dia de Sir Vere Cornwall Bird | Journée de sir Vere Cornwall Bird
Funeral de Estado de la reina Isabel II | State Funeral of Queen Elizabeth II | Funeral de Estado da rainha Elizabeth II | Funérailles d’État de la reine Élisabeth II
Día de Canadá | Canada Day | Dia do Canadá | Fête du Canada
Feriado cívico | Civic Holiday | Feriado cívico | Congé civique
Día de la Reina Victoria | Victoria Day | Dia da Rainha Vitória | Fête de la Reine
Día Nacional de la Verdad y la Reconciliación | National Day for Truth and Reconciliation | Dia Nacional da Verdade e da Reconciliação | Journée nationale de la vérité et de la réconciliation
Día del Recuerdo | Remembrance Day | Dia da Lembrança | Jour du Souvenir
Natalicio de Martin Luther King | Birthday of Martin Luther King, Jr. | Aniversário de Martin Luther King | Anniversaire de Martin Luther King
Natalicio de Washington | Washington’s Birthday | Aniversário de Washington | Anniversaire de Washington
Día de los Caídos | Memorial Day | Dia dos Mortos em Combate | Jour des morts au combat (Memorial Day)
Día de la Emancipación (Juneteenth) | Juneteenth National Independence Day | Dia da Emancipação (Juneteenth) | Jour de l’Émancipation (Juneteenth)
Día de los Veteranos | Veterans Day | Dia dos Veteranos | Jour des Anciens combattants
Día de Duelo Nacional por el expresidente George H. W. Bush | National Day of Mourning for former President George H. W. Bush | Dia de Luto Nacional pelo ex-presidente George H. W. Bush | Journée de deuil national pour l’ancien président George H. W. Bush
Día de Duelo Nacional por el expresidente Jimmy Carter | National Day of Mourning for former President Jimmy Carter | Dia de Luto Nacional pelo ex-presidente Jimmy Carter | Journée de deuil national pour l’ancien président Jimmy Carter
Tiradentes | Tiradentes Day | Tiradentes | Tiradentes
Nuestra Señora Aparecida | Our Lady of Aparecida | Nossa Senhora Aparecida | Notre-Dame d’Aparecida
Día de los Antepasados | Ancestors’ Day | Dia dos Antepassados | Jour des Aïeux
Día de la Bandera y de la Universidad | Flag and University Day | Dia da Bandeira e da Universidade | Fête du Drapeau et de l’Université
Muerte de Dessalines | Death of Dessalines | Morte de Dessalines | Mort de Dessalines
Batalla de Vertières | Battle of Vertières | Batalha de Vertières | Bataille de Vertières; Commémoration de la Bataille de Vertières
Día de la Liberación y la Renovación | Liberation and Renewal Day | Dia da Libertação e da Renovação | Jour de la libération et du renouveau | Dag van Bevrijding en Vernieuwing
Día Nacional de la Memoria por la Verdad y la Justicia | National Day of Remembrance for Truth and Justice | Dia Nacional da Memória pela Verdade e a Justiça | Journée nationale de la mémoire pour la vérité et la justice
Día del Veterano y de los Caídos en la Guerra de Malvinas | Day of the Veterans and the Fallen of the Malvinas War | Dia do Veterano e dos Mortos na Guerra das Malvinas | Journée des anciens combattants et des morts de la guerre des Malouines | Día del Veterano y de los Caidos en la Guerra de Malvinas
Día de la Revolución de Mayo | May Revolution Day | Dia da Revolução de Maio | Fête de la révolution de Mai
Paso a la Inmortalidad del General Don Martín Miguel de Güemes | Death of General Martín Miguel de Güemes | Falecimento do General Martín Miguel de Güemes | Mort du général Martín Miguel de Güemes
Paso a la Inmortalidad del General Don Manuel Belgrano | Death of General Manuel Belgrano | Falecimento do General Manuel Belgrano | Mort du général Manuel Belgrano
Paso a la Inmortalidad del General Don José de San Martín | Death of General José de San Martín | Falecimento do General José de San Martín | Mort du général José de San Martín
Día de la Soberanía Nacional | National Sovereignty Day | Dia da Soberania Nacional | Journée de la souveraineté nationale
Censo nacional; Censo Nacional 2022; Censo Nacional de Población y Vivienda | National Census | Censo nacional | Recensement national
Día de la Victoria de la Copa Mundial de la FIFA 2022 | 2022 FIFA World Cup Victory Day | Dia da Vitória na Copa do Mundo da FIFA de 2022 | Jour de la victoire à la Coupe du monde de la FIFA 2022
Visita de Su Santidad el Papa León XIV | Visit of His Holiness Pope Leo XIV | Visita de Sua Santidade o Papa Leão XIV | Visite de Sa Sainteté le pape Léon XIV
Día de la Creación del Estado Plurinacional de Bolivia | Day of the Plurinational State of Bolivia | Dia da Criação do Estado Plurinacional da Bolívia | Fête de la création de l’État plurinational de Bolivie
Día de las Glorias Navales | Navy Day | Dia das Glórias Navais | Journée des gloires navales
Virgen del Carmen | Our Lady of Mount Carmel | Nossa Senhora do Carmo | Notre-Dame du Mont-Carmel
Día de las Glorias del Ejército | Army Day (Día de las Glorias del Ejército) | Dia das Glórias do Exército | Journée des gloires de l’armée de terre
Batalla de Boyacá | Battle of Boyacá | Batalha de Boyacá | Bataille de Boyacá
Independencia de Cartagena | Independence of Cartagena | Independência de Cartagena | Indépendance de Carthagène
Día de Nuestra Señora del Rosario de Chiquinquirá | Our Lady of the Rosary of Chiquinquirá | Nossa Senhora do Rosário de Chiquinquirá | Notre-Dame du Rosaire de Chiquinquirá
Día de Juan Santamaría | Juan Santamaría Day | Dia de Juan Santamaría | Journée de Juan Santamaría
Anexión del Partido de Nicoya a Costa Rica | Annexation of Nicoya to Costa Rica | Anexação de Nicoya à Costa Rica | Annexion de Nicoya au Costa Rica
Fiesta de Nuestra Señora de los Ángeles | Our Lady of the Angels | Nossa Senhora dos Anjos | Notre-Dame des Anges
Día de la Abolición del Ejército | Abolition of the Army Day | Dia da Abolição do Exército | Journée de l’abolition de l’armée
Triunfo de la Revolución | Triumph of the Revolution | Triunfo da Revolução | Triomphe de la Révolution
Día de la Victoria | Victory Day | Dia da Vitória | Jour de la Victoire
Conmemoración del asalto a Moncada | Commemoration of the Assault on the Moncada Barracks | Comemoração do assalto ao quartel Moncada | Commémoration de l’assaut de la Moncada
Día de la Rebeldía Nacional | National Rebellion Day | Dia da Rebeldia Nacional | Journée de la rébellion nationale
Inicio de las Guerras de Independencia | Beginning of the Wars of Independence | Início das Guerras de Independência | Début des guerres d’indépendance
Día de la Altagracia | Our Lady of Altagracia | Nossa Senhora da Altagracia | Notre-Dame d’Altagracia
Día de Duarte | Duarte Day | Dia de Duarte | Journée de Duarte
Día de la Restauración | Restoration Day | Dia da Restauração | Fête de la Restauration
Día de las Mercedes | Our Lady of Mercy | Nossa Senhora das Mercês | Notre-Dame de la Merci
Batalla de Pichincha | Battle of Pichincha | Batalha de Pichincha | Bataille de Pichincha
Independencia de Guayaquil | Independence of Guayaquil | Independência de Guayaquil | Indépendance de Guayaquil
Independencia de Cuenca | Independence of Cuenca | Independência de Cuenca | Indépendance de Cuenca
Día del Ejército | Army Day | Dia do Exército | Journée de l’armée
Semana Morazánica | Morazán Week | Semana Morazânica | Semaine de Morazán
Natalicio de Benito Juárez | Birthday of Benito Juárez | Aniversário de Benito Juárez | Anniversaire de Benito Juárez
Transmisión del Poder Ejecutivo Federal | Transfer of Federal Executive Power | Transmissão do Poder Executivo Federal | Passation du pouvoir exécutif fédéral
Batalla de San Jacinto | Battle of San Jacinto | Batalha de San Jacinto | Bataille de San Jacinto
Separación de Panamá de Colombia | Separation of Panama from Colombia | Separação do Panamá da Colômbia | Séparation du Panama et de la Colombie
Día de los Símbolos Patrios | National Symbols Day | Dia dos Símbolos Pátrios | Journée des symboles nationaux
Independencia de Panamá de España | Independence of Panama from Spain | Independência do Panamá da Espanha | Indépendance du Panama vis-à-vis de l’Espagne
Toma de posesión del Presidente de la República | Presidential Inauguration Day | Posse do Presidente da República | Investiture du président de la République | Toma posesión del Presidente de la república
Batalla de Arica y Día de la Bandera | Battle of Arica and Flag Day | Batalha de Arica e Dia da Bandeira | Bataille d’Arica et fête du Drapeau
Día de la Fuerza Aérea del Perú | Peruvian Air Force Day | Dia da Força Aérea do Peru | Journée de l’armée de l’air du Pérou
Día de la Gran Parada Militar | Great Military Parade Day | Dia do Grande Desfile Militar | Jour du grand défilé militaire
Batalla de Junín | Battle of Junín | Batalha de Junín | Bataille de Junín
Santa Rosa de Lima | Saint Rose of Lima | Santa Rosa de Lima | Sainte Rose de Lima
Combate de Angamos | Battle of Angamos | Combate de Angamos | Combat d’Angamos
Batalla de Ayacucho | Battle of Ayacucho | Batalha de Ayacucho | Bataille d’Ayacucho
Día de la Paz del Chaco | Chaco Peace Day | Dia da Paz do Chaco | Journée de la paix du Chaco
Día de la Fundación de Asunción | Founding of Asunción Day | Dia da Fundação de Assunção | Fondation d’Asunción
Día de la Batalla de Boquerón | Battle of Boquerón Day | Dia da Batalha de Boquerón | Journée de la bataille de Boquerón
Día de la Virgen de Caacupé | Our Lady of Caacupé | Nossa Senhora de Caacupé | Notre-Dame de Caacupé
Celebración del Divino Salvador del Mundo | Divine Saviour of the World | Divino Salvador do Mundo | Divin Sauveur du monde
Desembarco de los 33 Orientales | Landing of the Thirty-Three Orientals | Desembarque dos Trinta e Três Orientais | Débarquement des Trente-Trois Orientaux
Batalla de Las Piedras | Battle of Las Piedras | Batalha de Las Piedras | Bataille de Las Piedras
Natalicio de Artigas | Birthday of Artigas | Aniversário de Artigas | Anniversaire d’Artigas
Batalla de Carabobo | Battle of Carabobo | Batalha de Carabobo | Bataille de Carabobo
Natalicio de Simón Bolívar | Birthday of Simón Bolívar | Aniversário de Simón Bolívar | Anniversaire de Simón Bolívar
Canonización de José Gregorio Hernández y la Madre Carmen Rendiles | Canonization of José Gregorio Hernández and Mother Carmen Rendiles | Canonização de José Gregorio Hernández e da Madre Carmen Rendiles | Canonisation de José Gregorio Hernández et de la mère Carmen Rendiles
`;

type Row = Readonly<Record<string, readonly string[]>>;

const [COLUMNS = [], ...LINES] = NAMES.trim()
  .split('\n')
  .map((line) => line.split(' | '));
/** Each holiday by every name it has: in each language, the name for readers of other countries first. */
export const HOLIDAY_NAMES: ReadonlyMap<string, Row> = new Map(
  LINES.flatMap((line) => {
    const row: Row = Object.fromEntries(line.map((names, n) => [COLUMNS[n] ?? '', names.split('; ')]));
    return Object.values(row)
      .flat()
      .map((name): [string, Row] => [name, row]);
  }),
);

/** What a holiday of the table is called in a language: as its country calls it, where that is in the reader's own. */
export function holidayName(name: string, language: Language): string {
  const written = name.replaceAll("'", '’');
  const names = HOLIDAY_NAMES.get(written)?.[language] ?? [];
  return names.includes(written) ? written : (names[0] ?? written);
}
