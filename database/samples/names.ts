import type { Language } from '#customers/languages'
import type { SampleRandom } from '#database/samples/random'

interface Names {
  women: string
  men: string
  /** Forms that differ by sex are written man/woman. */
  family: string
}

const NAMES: Record<Language, Names> = {
  en: {
    women:
      'Alice Amelia Anna Bella Charlotte Chloe Clara Daisy Eleanor Ella Emily Emma Eva Freya Grace Hannah Iris Isla Ivy Jessica Julia Kate Laura Lily Lucy Maya Mia Nora Olivia Rose Ruby Sarah Sophie Zoe',
    men: 'Adam Alex Arthur Ben Charlie Daniel David Dylan Ethan Felix Finn Frank George Harry Henry Hugo Isaac Jack Jacob James Leo Liam Lucas Mark Max Noah Oliver Oscar Patrick Peter Ryan Sam Theo Thomas Will',
    family:
      'Adams Allen Baker Bell Bennett Brooks Brown Carter Clarke Collins Cooper Davies Edwards Evans Fisher Foster Gray Green Hall Harris Hayes Hill Hughes Jackson Jones Kelly King Lewis Martin Miller Moore Morgan Murphy Parker Price Reed Roberts Scott Shaw Smith Stone Taylor Turner Walker Ward Watson Webb White Wilson Wood Wright Young',
  },
  ru: {
    women:
      'Александра Алина Анастасия Анна Валерия Варвара Вера Вероника Виктория Галина Дарья Ева Екатерина Елена Елизавета Ирина Карина Кира Ксения Лариса Любовь Маргарита Марина Мария Надежда Наталья Ольга Полина Светлана София Татьяна Ульяна Юлия Яна',
    men: 'Александр Алексей Андрей Антон Арсений Артём Борис Вадим Василий Виктор Владимир Глеб Григорий Даниил Денис Дмитрий Евгений Егор Иван Игорь Илья Кирилл Константин Леонид Максим Матвей Михаил Никита Николай Олег Павел Роман Сергей Тимур Фёдор Юрий',
    family:
      'Алексеев/Алексеева Андреев/Андреева Баранов/Баранова Белов/Белова Богданов/Богданова Борисов/Борисова Васильев/Васильева Виноградов/Виноградова Волков/Волкова Воробьёв/Воробьёва Голубев/Голубева Григорьев/Григорьева Егоров/Егорова Зайцев/Зайцева Иванов/Иванова Ильин/Ильина Киселёв/Киселёва Козлов/Козлова Комаров/Комарова Крылов/Крылова Кузнецов/Кузнецова Лебедев/Лебедева Макаров/Макарова Медведев/Медведева Михайлов/Михайлова Морозов/Морозова Никитин/Никитина Новиков/Новикова Орлов/Орлова Павлов/Павлова Петров/Петрова Поляков/Полякова Попов/Попова Романов/Романова Семёнов/Семёнова Смирнов/Смирнова Соколов/Соколова Соловьёв/Соловьёва Степанов/Степанова Тарасов/Тарасова Титов/Титова Фёдоров/Фёдорова Яковлев/Яковлева',
  },
  uk: {
    women:
      'Аліна Ангеліна Анна Богдана Валерія Вероніка Вікторія Галина Дарина Діана Єва Єлизавета Злата Зоряна Інна Ірина Катерина Квітослава Ксенія Лариса Леся Любов Людмила Маргарита Марина Марія Мирослава Надія Наталія Оксана Олена Ольга Поліна Світлана Соломія Софія Тетяна Уляна Юлія Ярина',
    men: 'Андрій Антон Артем Богдан Борис Вадим Василь Віталій Владислав Володимир Гліб Григорій Данило Денис Дмитро Євген Зіновій Іван Ігор Кирило Костянтин Леонід Лук’ян Максим Мар’ян Матвій Микола Михайло Назар Олег Олександр Олексій Остап Павло Петро Роман Святослав Сергій Тарас Юрій Ярослав',
    family:
      'Бабенко Бойко Бондар Бондаренко Василенко Вовк Гаврилюк Гончар Гончаренко Гриценко Данилюк Демченко Довженко Дорошенко Зайченко Захарченко Іваненко Іщенко Карпенко Клименко Коваль Коваленко Ковальчук Козак Колесник Кравець Кравченко Кравчук Кушнір Левченко Литвин Литвиненко Лисенко Лозинський/Лозинська Мазур Марченко Мельник Мельничук Мороз Назаренко Олійник Павленко Панченко Петренко Поліщук Пономаренко Приходько Романенко Савченко Семенюк Сидоренко Ткач Ткаченко Ткачук Федоренко Франко Хоменко Черненко Шевченко Шевчук Шкляр Яценко',
  },
}

const LISTS = new Map(
  Object.entries(NAMES).map(([language, { women, men, family }]) => [
    language,
    { women: women.split(' '), men: men.split(' '), family: family.split(' ') },
  ])
)

/** A name as people in Telegram write theirs: not everybody tells the family name. */
export function sampleName(language: Language, random: SampleRandom) {
  const { women, men, family } = LISTS.get(language)!
  const isWoman = random.chance(0.5)
  const [male, female = male] = random.pick(family).split('/')
  const firstName = random.pick(isWoman ? women : men)
  return { firstName, lastName: random.chance(0.82) ? (isWoman ? female : male) : null }
}
