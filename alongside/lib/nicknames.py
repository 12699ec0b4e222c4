"""Given names and what people make of them: "bill" may be William, "Sascha" may be Alexander. Folded, romanised."""

import re
from functools import lru_cache

# A group begins at the margin: a name, then its short and other forms in any language. A form may stand in several.
_GROUPS = """
aaron aharon aron haroun harun ari
abdelkader abdulkadir abdulqadir abdelqader kader abdul kadir
abdulaziz abdelaziz abdul aziz
abdulhamid abdelhamid hamid abdul
abdulkarim abdelkarim abdulkareem karim abdul
abdullah abdallah abdulla abdul apo abdoulaye abdoul
abdulmajid abdelmajid majid abdul
abdulrahman abdelrahman abdurrahman abderrahman abderrahmane abdul
abigail abby abbie gail abi abbey avigail
abraham abe bram avraham avrohom avram avrum avi
adam addie adas adamek
adel adil
adelaide addie della ada adela adele heidi adelheid alida
agnes aggie nessie agnieszka aga agnese ines inez agnete
ahmed ahmad ahmet achmed hamada ahmadou
aisha ayesha aicha aysha aishah aischa aya
alan al allan allen alain
alastair al ali alasdair alistair
albert al bert bertie albrecht alberto adalbert bertus aalbert
albina alya
alexander alex al xander sandy sascha sasha alec alejandro aleksandr aleksander alexandre alessandro sander oleksandr
  lex alek olek sanya shura sikandar iskandar iskender alexandros sandro sandor aleksandar alexandru alexandr
alexandra alex sandra sandy sasha lexi alexa aleksandra alessandra alejandra oleksandra aleks ola olka lexie alix
  alexandrina shura sanya sandrine xandra aleksandrina
alexei alexey aleksei aleksey alexej alyosha lyosha lesha oleksiy oleksii aljoscha alexis
alfonso alphonse alfons alonso poncho fonsi
alfred alf alfie fred freddie alfredo fredo
ali aly alee
alia aliya aliyah
alice alicja ala
alicia ali licia
alison ali allie
alois aloysius luis loisl alojzy aloys
alvaro alvarito
amalia amelie malia
amanda mandy manda
amelia amy millie milly amelie mila
amin ameen emin
amina aminah emine ameena aminata
anastasia stacy stasia nastya ana asya nastia nastja nastenka anastasiya anastazja stasya
anatoly tolya tolik anatoli anatoliy anatol anatole
andrea andie andi drea
andrew andy drew andreas andre andrei andrey andres andrzej andrij andi andriy andrii andrea anders andries dries
  jedrek andrzejek ondrej andrusha andrejs andras andreu
angela angie angelika gela geli lina gelika
anita annita ana
ann anna anne annie nan anka anya ania ana aneta annika anja anke anneke antje annushka anyuta nyura nyusha anni
  anneli anuska anechka
anselm selmo anselmo
anthony tony anton antonio antoine toni antoni antonin antonius antoon teun toon tonio tonino antek tolek antosha
  anthonie antony tonek antal
antonia toni tonia antonina tonya tosia tosya antonella antoinette toinette
anwar enver anouar
archibald archie
ariel arik ari
aristotle aris
arkady arkasha arkadiy arkadi arkadiusz arek
armin arminius
arnold arnie arno arnaud arnoldo
artem artyom tyoma artiom artemy
arthur art artie arturo artur
asaf asaph
augustin agustin agostino augustine austin
augustus gus august gustl guus
aurelia aurelie relia
ayman aymen
ayyub ayoub eyup ayub job
barbara barb babs basia barbie bobbie babette barbora varvara varya baska barbel baerbel babsi
bartholomew bart bartosz bartek bartlomiej bartolomeo bartolome barto
baruch barukh boruch
bashir besir bachir
basil vasily vasya vassily vasili vasiliy wassili vasil vasyl wasil basilio basile vassilis wasilij
beatrice bea trixie beatriz beate beatrix beatrycze trix bice
benedict ben benny benedikt benito benedetto bene benek
benjamin ben benny benji benny beniamino benek benyamin binyamin
bernadette bernie detta berna bernardette
bernard bernie bernhard bernardo bernd berndt nardo beni bernat
berthold bertold bert berti bertolt
bilal bilel belal
blaise blas biagio blazej
bogdan bohdan bogdanek boguslaw bogus
boleslaw bolek
bonifacy boniface
boris borya borja borys
bradley brad
brenda bren
brian bryan
bridget biddy bridie
brigitte birgit gitte
bronislaw bronek
burkhard burkhart
caleb cal
calvin cal vin
cameron cam
camille camilla kamilla kamila milla cam kamil camillo camilo
carmen carmela carmelita
caroline carrie lina karoline karolina carolina carolyn caro karo line
cassandra cassie sandra sandy cass
catherine kate katie cathy kathy cat kit kitty katherine kathryn katharina katarina katrina ekaterina yekaterina katya
  cate cath cathie kat kathi kathe kaethe kathrin catrin katrin trina katarzyna kasia kaska catalina caterina cati
  katinka katyusha kateryna katja katia katka katrien trijn trine catriona
cecilia cecily celia cissy cecile cecylia silke zilla
chaim haim hayim hyman
charles charlie chuck chas chaz carl karl carlos carlo karel karol charley chip karolek carlito carlitos kalle carly
  carles charlot
charlotte lottie charlie lotte charly lotta carlota carlotta szarlota
chaya haya
christian chris christiaan kristian cristian cristiano chrystian christos kris chretien krystian
christina chris christine tina chrissy kirsten kristina kristin krystyna cristina christa tine kirsty kirstie kristy
  christy krysia kris stine krista christel
christopher chris kit topher christoph christof christophe kristof krzysztof cristobal kester stoffel krzysiek krzys
  kristoffer cristoforo christoffel toph christofer kris krystof
claire clare
clara klara
claudia claudine claudette klaudia
claudio claude klaudiusz claudius
clement klemens clemens clemente klimek kliment klim
clementine clementina tina klementyna
clifford cliff
cohen kohen cohn
concepcion concha conchita
conrad konrad kurt corrado konni conny curt koenraad coen koen kunz
constance connie constanze konstanze constanza stanzi costanza
consuelo chelo
cornelia nelly corrie cora lia corneel
cornelius con neil kees cornelis corneille cor nelis cornelio
cynthia cindy
cyril kirill kirya kyrylo cyrille cyryl kiril
dagobert bert
damian damien damiano demyan
daniel dan danny danilo danila daniil daniele danylo danek danya danyl dani
danielle dani daniela daniella
danuta danka danusia
daria darya dasha dascha darja daryna darka dariusz
dariusz darek dario darius
david dave davy davey dawid davide davit daoud dawud dawood daud dudu dudi davidek dovid
deborah deb debbie debra debby debora devora dvora deborha
denis denys denya deniska dion dionisio dionysius dionigi
dennis denny denis den denys
diana di
diane dianne di
dietrich dieter dirk didi diether
dmitri dmitry dima dimitri dmitriy dmytro mitya dimka mitja dmitrij dymitr dimitrios dimitris mitko
dolores lola lolita loli
dominic dom dominik dominique domingo nic domenico mimmo mingo nick
donald don donnie donny
dorothy dot dottie dolly dorothea dora thea dorota dorothee doro dorotea dorotka dodo doreen
douglas doug
eberhard ebbo evrard everardo eberhardt
edgar edgardo ed eddie
edith edie edyta edita ditte
edmund ed eddie ned edmond edmundo edmondo mundek
edward ed eddie ted teddy ned eduard eduardo edouard edvard eddy edek edoardo edu lalo edi duarte
edwin ed eddie win
eitan ethan etan
eleanor ellie nell nora leonora elinor eleonora eleonore leonore lenore nelly elli norah elinore
elijah eli elias elia eliyahu ilya ilja ilia ilyas eliasz elie ilie
elizabeth liz lizzie beth betty bess eliza elsie libby lisa liza elisabeth elisa elise elsa lisbeth lise elisabetta
  elzbieta ela elka els elly lies liesbeth betsy bettie betje bettina elsbeth ilse elli lisette lizbeth yelizaveta
  elizaveta elisheva lis liesl lisl sissi elizabet alzbeta erzsebet elspeth lizzy libbie liesel betti babette bettine
  lili elisabet
ellen elen helen ellie
emanuel emmanuel manu manny manolo immanuel emanuele manuel
emil emilio emile emiel
emilia emilka mila milka
emily em emmy emilie emilia millie milly
emma em emmy emmie emmi
enrico rico enzo henry heinrich
ephraim efraim effi efrem
erasmus asmus erasmo elmo
eric erich erik rick erico eerik
erica erika ricki rikki ricka
ernest ernie ernst ernesto ern erneste
ernestine tina erna ernestina
erwin irwin ervin erv
esmeralda esme
esther essie ester esti estera hester hettie ettie esterka
eugene gene eugen evgeny yevgeny evgeniy gena zhenya yevgeni evgenij evgenii jewgeni yevhen eugenio eugeniusz gienek
  jenya gino eugenijus
eugenia evgenia evgeniya yevgenia eugenie zhenya genia jenya yevheniya gena
eva ewa eve evi ewka evita yeva hava chava evie eefje evchen
evelyn evie ewelina eveline evelina
ezekiel zeke yehezkel ezequiel hezi
ezra esra ezdra
fabian fabien
faisal faysal feisal
farid fareed ferit
farouk faruk farooq
fatima fatma fatimah fatemeh fatoumata fatiha fato fatos fatme fatimatou
fawzi fevzi fouzi
fedor fyodor fedya fedja feodor theodor
felicia felice feli felicja
felicity fliss
felix feliks felice felicio
ferdinand ferdi fernando ferdy nando fernand fernao ferrante hernan hernando
flora flo floor
florence flo florrie flossie fiorenza flossy florencja
florian flo flori floriano florek
frances fran fanny frankie francesca francisca franziska franzi frannie paquita fania francoise franciska fannie fanni
  francine cissy franka
francis frank fran franz franciszek francisco francesco paco pancho francois franco franek frans cesco ciccio kiko
  curro paquito frantisek ferenc feri chico franciscus frankie frenk frances franc
franklin frank
frederica frederika friederike fritzi rike freddie frederique federica rikke
frederick fred freddie freddy fritz friedrich frederik frederic federico fryderyk rick freek frits fredi fede freddo
  rik fritzi friedel frederico fredrik fiete
gabriel gabe gabi gabri gavriel gabrys gabor gavrila gavi jibril
gabrielle gabby gabriela gabi gabriella gabriele gaby gabrysia gabri elle briella
gaetano tano
galina galya galja halyna galia galinka
genevieve genoveva genowefa ginette jenny gen genny
gennady gena genya gennadiy gennadi hennadiy
geoffrey geoff jeff jeffrey jeffry jef
george georg jorge giorgio jerzy georgy georges jurgen jorg georgie georgi jiri joris jurek schorsch jordi georgios
  yorgos giorgos zhora gosha goga jure juraj georgiy jorgen georgij
georgina georgie gina georgia
gerald gerry jerry gerhard geri gerallt geraldo giraldo
gerard gerry gerhard gert gerardo geert gerd gerrit gellert gerardus geerd
gerhard gerd gerrit gert hardy gerardo
gertrude trudy gerti gertrud trude trudi gerda geertruida truus gert gertruda gertie
gianluca luca gian
gideon gidon gidi
gilbert gil bert gilberto gisbert gijs
gillian jill gilly jillian
giovanni gianni vanni giovannino gian nino gio giannino
gisela gisele giselle gila
giulio julius
giuseppe beppe joseph peppe bepi pino peppino
gottfried godfried godfrey goffredo
grace gracie
gregory greg gregor grzegorz grigory grisha gregorio grigori grigoriy gregers gregoire grzesiek grzes goyo greig
  gregori gregorius grega hryhoriy
guadalupe lupe lupita
guenter gunter guenther gunther
guido guy wito veit vito vitus
guillaume guy
gustav gus gustaf gustavo gustaw gustl gusti gustave
guy guido
halina hala halinka
hamid hamed hameed hamit abdulhamid
hamza hamzah
hannah hanna hana hanne hanni chana channah hania hanka hanja hanah
hans johannes johann hannes hansi hansel hanno jannes johan
harold harry hal harald aroldo heraldo haralds
harriet hattie harriett henriette henrietta etta hetty jette henryka henrika
hassan hasan hasso hassane
hatem hatim
hava eve chava eva
hedwig hedy hedi hedwiga jadwiga jadzia wiga edwige eduvigis heda hadewych
heinrich heinz henry heini henner hein rik hendrik henk henri henning heiner
helen nell nellie helena helene elena yelena olena lenka helenka lene leni hela ilona ellen eleni jelena alyona lena
  olenka lenochka
helmut hellmut helmuth helli
henry harry hank hal heinrich henri henrik hendrik enrique enrico henryk rico rik riko henk hennie heniek quique kike
  henrique henrikas heikki henryczek
herbert herb bert bertie herbie heriberto aribert
herman hermann germano harm manni hermanus
hieronymus jerome geronimo hieronim girolamo jeronimo
hilda hilde hildegard hildegarde
hisham hicham
horatio horace horacy orazio horacio
howard howie
hubert bert hubertus hubi bertus huberto
huda hoda houda
hugh hughie hugo hugues ugo hugon huw huey
hussein husayn hussain hossein huseyin huso husain hosein houssein
hyacinth jacek jacinto giacinto
ian iain
ibrahim ebrahim brahim ibo abraham ibra avraham avi avrum
ido iddo
idris edris driss
ignatius iggy ignacio nacho ignacy ignaz ignatz nacek nazi ignazio ignasi nac
igor ihor gosha igorek
ilona ilonka ili
imad emad
iman eman imane
ingeborg inge inga
ingrid inga
irene rene irina ira irena irka iryna irenka ina irenke eirene irinka
iris irisz
isa eissa issa esa
isaac ike izzy itzhak isaak izak itzik yitzhak yitzchak itzchak ishak ishaq zak izaak isak
isabel isabella bella izzy belle isabelle isobel ysabel izabela isa isabeau izabella iza izabel isabela bela ishbel
  isabelita
isaiah yeshayahu isaias shaya
isidore isidor izydor isidro dorek sidor dore
ismail ismael ishmael esmail smail ismayil isma
israel yisrael izzy srulik
itai itay ittai
ivan vanya vanyusha iwan vania yvan vanja vanko
jacob jake jakob jaap yakov kobus coby koby kobi jakub kuba yaqub yakup yakub iacopo jacopo giacomo yasha iakov jeb
  jaco yankel kubus jakov jacques jakobus yaakov yaacov yankev
jacqueline jackie jacqui jaqueline jacquie jacquelyn
jafar jaafar cafer
jalal celal djalal galal
jamal gamal djamal cemal jamel jemal
james jim jimmy jamie jem jimbo jaime seamus hamish jamey jayme seumas
jamil cemil djamil gamil
jamila djamila cemile jamilah gamila
jan johan janek jas jasiek jannis janus johannes janko
jane janie jany
janet jan janette jeannette jeanette netty
janina janka nina jasia janinka
jaroslav jarek jaroslaw yaroslav slava jarda
jasmine yasmin yasmine jasmin yasemin
jason jay
jean jeannie jeanne
jennifer jen jenny jenn jenni jenna guinevere
jeremy jerry jem jeremiah jeremias yirmiyahu jeremie jerzyk
jerome jerry jerzy hieronymus jeronimo jeromy
jessica jess jessie jessy jessika jes
jesus chucho chuy
jill gillian jillian gill
joachim achim jochen joaquin gioacchino quino jochem jokke joakim jo yakim chimo joaquim
joan joanie joana
joanna jo joanne asia joasia aska johanna hanne giovanna gianna vanna jeanne jopie juana joana jana yoana johanne
  joann hansje
job jobst
john jack johnny jon johnnie jock jonny
jolanta jola jolka yolanda iolanda yolande iolanta
jonas jonah yona giona
jonathan jon jonny nathan jonathon yonatan yoni jonatan yehonatan
joseph joe joey jo jose giuseppe josef jozef pepe yusuf yosef iosif sepp yousef jef sjef jupp jozek yossi yosi yousuf
  youssef yusef josip josep joska pepito pino peppino osip pepi beppe bepi seppl
josephine jo josie fifi josefine josefina josefa fina pepa jozefina jozefa josy pepita fien giuseppina giusy pina
  josee
joshua josh yehoshua josue jozua shuki joschua joshka
juan juanito juancho
judah yehuda jehuda juda yudi udi jude
judith judy jude judit juditka yehudit giuditta dita
julia jules yulia yuliya julka iuliia juli julie giulia yulya iulia jula jule julcia juliya ulya
julian jules jul juliano julien giuliano
juliana juliane julianna giuliana
julie jules
juliet julieta
julius jules julio giulio juliusz gyula yuliy
jurgen juergen jorg joerg jorn
justin juss iustin justinian justyn
justine justyna justina justynka tina
kamal kemal kamel
karim kareem kerim
karl carl karel kalle karol karlo carel karlheinz karlchen
karsten carsten
kazimierz kazik kazimir casimir kaz kazimiras casimiro
kenneth ken kenny
kevin kev
khadija khadijah hatice hatidza khadidja hadija
khalid khaled halid halit khalida
khalil halil khaleel
kimberly kim kimberley
klaus claus klas klaas
konstantin kostya constantine costas kostja kostas konstantinos costa kosta tino konstanty konstantyn costantino
ksenia ksyusha xenia xeniya ksenija kseniia aksinya senia oksana ksenya
kunigunde kuni kinga
ladislaus ladislav laszlo laci wladyslaw
lambert bert
larissa larisa lara larysa laryssa
laura laurie lori lauretta laure
laurence larry lawrence laurie lorenz lorenzo laurent lars laurens lourens renzo lauri wawrzyniec lenz lavrentiy lavr
  lauritz
layla leila laila leyla lejla leyli
leah lea leia
lech leszek lechoslaw
leo leon lev leonid lyova leva lew leone
leonard leo len lenny leonhard leonardo leonhardt nardo leonardus lenard lienhard lennart
leonid lenya lyonya leonidas lonya leontiy
leopold poldi leo poldo leopoldo lipot poldek
leslie les
levi levy lewi
lidia lida lidka lidiya lydia liddy lidija
lillian lily lil lilly lilian lilli lilia lilja lilka liliana liljana
linda lindy
lisa lisette
lorenzo renzo enzo
lothar lotario
louis lou louie lewis luis luigi lutz ludo luigino gigi ludwik lajos luiz ludwig ludovic
louise lou lulu louisa luise luisa loulou luiza ludwika gigi luisina aloisia
lubov lyubov lyuba liuba luba lubow ljuba ljubov
lucas luka lukas luca lukasz luke luc luuk loukas lukaszek lukasch
lucia lucyna luce lucinda lucja chia luzia lucy
lucian lucien luciano lucjan
lucy lucia lucie luz
ludmila lyudmila lyuda mila ludmilla liudmyla luda ljudmila lusia
lydia liddy
madeleine maddie madeline magdalena madelyn lena
magdalena lena magda maddalena madzia madlen magdolna mada magdalene lene leni malena madeleine
mahmoud mahmud mahmut mahmood
majid majed majeed mecit
malcolm mal
malgorzata gosia malgosia
malik malek
manfred manni fred manfredo fredi
mansour mansur
manuel manny manolo emanuel emmanuel manolito manuelo manoel
manuela manu manola ela
marcel marcello marcelo
marcin martin marcinek
marcus markus marcos mark marc marco marek
margaret maggie meg peggy madge marge margie greta gretchen rita daisy peg megan margarita margarete marguerite margot
  malgorzata gosia malgosia margret margarethe margrit margareta grete gretel griet margit marga margo margherita
  ghita maisie marjorie mette merete marghe maggi marketa gretl margaretha grethe
maria mariya maryam miriam mariam marja masha maja mariia maryna marusya marusia mascha manya marysia maryla mari
  marieke marijke mieke mitzi mizzi ria meryem mariella marietta mariuccia maruja marika maricka marichka marit
marianne marianna mariana
marie mimi
marilyn lyn
marina marinka maryna rina marisha
marius mario mariusz
mark marc marco marek markus marcus marko
martha marta mattie marty marte marthe marita martita
martin marty marten martino martyn marcin maarten morten martijn marti tinus martti tino
martina tina martyna martine tine
marwan marouane mervan
mary molly polly may mamie minnie mae moll
matilda tilly mattie mathilda mathilde matylda mechthild mafalda thilda tilda metilda
matthew matt matty matteo mateo mathieu matvei mat mathis mats mattis matthijs thijs mathijs matvey motya mattia
  mateus mathew mateusz matteus matthaus matthaeus
matthias mathias mateusz hias matze mats thies mattias matias maciej maciek mathis mattis matija tias thijs hiasl
  maciejka matthijs
maurice moe maury moritz mauricio morris mauritz maurits maurizio maurycy mo
maxim max maxime maksim maksym maks maksimilian maximus
maximilian max maximilien maksymilian maxi maks massimiliano massimo maximiliano maxl
mechthild mechtild thilde
mehdi mahdi mahdy
meir meyer
melanie mel mela mely melania
melchior melk melcher
melissa mel missy lissa
menachem mendel menahem
michael mike mick mickey mikey mitch micha mikhail miguel michel michele michal mihai mikael misha mischa michi
  mischka mishka michiel mikkel machiel michail mykhailo mykhaylo mihail mihaly misi miki mikel mickael michalek misza
  giel mika micheal mikhael maik migue miguelito mihael mikko
michaela micha michi mika michela mihaela ela micky michalina
michelle shelly chelle
mieczyslaw mietek
milan milos milo milenko
mildred millie milly
milena mila milenka
miriam miri mirjam myriam miryam mirka maryam mimi
miroslav mirek mirko miroslaw slavko mirco
mitchell mitch
mohammed mohamed muhammad mohammad mehmet mo mohamad muhammed mehmed memo muhamed muhammet muhamad moh hamada mamadou
  mohd mahomet memet mohamud
mohsen muhsin
mona muna mouna
monica mona monika
mordechai mordecai motti motke moti
moritz mauritius mo
moses moshe moishe moische mose musa moussa mousa moise mojzesz mo moyshe moisey mozes mosheh
mounir munir muneer
mustafa mustapha mostafa moustapha musti
nabil nabeel nebil
nader nadir
nadezhda nadya nadia nadja nadiya nadiia nadzieja nada
nahum nachum
najib nagib najeeb
nancy nan
naomi noemi noomi nomi
nasser nasir naser
natalia natascha natka natalka natacha tasha nata natalina natasza natalja
natalie nat natalia natalya natasha nathalie nataliya
nathan nate nat natan
nathaniel nat nate nataniel netanel nathanael natan
nicholas nick nicky nico klaus nikolai nicolas nikolaus nikolaos mikolaj niklas nikolay claus niels nicola kolya kolja
  klaas nikola nicolo nikos mikolajek niek nicolai nicolae nikolos miklos miki nikolaj nicolaas niccolo
nicole nicky nikki nicola nicoletta nicolette nikola nicolina colette
nils niels nisse
nina ninel ninochka
norbert norb nobby nobbi norberto bert
norman norm normand
nour noor nur
octavia tavi oktawia ottavia
octavio octavian octavius oktawian ottavio tavio
odilia odile ottilie tilly otti odette odilie
ofir ophir
ofra ophra
olaf olav ole
oleg oleh olezhka olek
olga olya olja olia olha olechka
oliver ollie olly olivier oli ollo oliviero oliwer
olivia liv livvy ollie oliwia livia oli
omar umar omer oumar amar
osama usama oussama
oscar oskar ossie ossi oskari oz
oswald ozzie oz
othman osman uthman usman ousmane
ottilie otti tilly odilia odile
otto ottone odo othon otis oddo
pamela pam pammy
pascal pasquale pascual pascha pasqual
patricia pat patsy tricia trish patty patrizia patrycja trisha patti patrice patsi
patrick pat paddy patrik patricio padraig patryk padraic patrice
paul pablo paolo pavel paulo pawel pauly pasha pavlo poul pal pawelek pavle paulie pauwel pol pavol pauls paulus
  pavlik paavo pablito
paula paulina polly pola pauli paulette paolina paola
pauline paulina paulette pola
penelope penny pen nell poppy
percival percy perceval
peter pete pierre pedro piotr pyotr petr pietro petros piet pieter petya petja piotrek petey pit peer petar pietje
  petrus pedrito pero petko butros boutros pekka petteri per pjotr pierrot peti petri petruccio
petra petronella petronela nelly piera pietra nel
philip phil pip philipp felipe filip philippe filippo phillip flip pippo lippo phillippe filippos filips fillip pipo
  phillipp lipa
phineas pinchas pinhas pinkas
phyllis phyl
polina polya polinka pola apollinaria
priscilla cilla prissy pris prisca
przemyslaw przemek przemo
qasim kasim qassem kassem
rachel rae ray rachael raquel rachele rahel rachela shelley rochel rachil
radoslaw radek radoslav radko
rafael raphael rafa raffaele raffaello rafal rafi raphi raffi refael
rafiq rafik rafic
raisa raya raissa
ralph rafe raul raoul ralf
ramadan ramazan
randolph randy randall
rania raniya ranya
rashid rasheed rachid rasit
raymond ray ramon raimund reymundo raimondo raymund mundo raimon
rebecca becky becca bec rebekah rivka riva becki bekki rebeca reba rifka rebekka rivke beki
regina gina reggie regine reina
reginald reg reggie
reinhard reinhardt reini renard hardi
reinhold reini reinold
renata renate rena nate reni renia renee
rene renato renatus
reuben reuven ruben ruven rubi rubin
reza rida riza ridha
riad riyadh riyad ryad
richard rick rich dick ricky richie ricardo riccardo ryszard rikard rik richi rico rykard rysiek rickard dickie
  richardo
robert bob rob bobby robbie roberto robb bert robin berto beto robbert robby roby bobbi hob robi
roberta bobbie robbie robyn berta robin
roderick rod rick rodrigo rory rodrigue ruy
rodney rod
roger rog rodger ruggero rogerio hodge
roi roy roee
roland rolando orlando roelant rollo rolly roel
roman roma romain romano romka romek
ronald ron ronnie ronaldo rinaldo
rosa rosita rosl rosi rosie rosel
rosario charo rosarito
rose rosie rosa roza
rosemary rose rosie
roxana roxane roxanne roxie roxy
rudolf rudi rudy rolf rodolfo rudolph rodolphe ruud rudek rodolf dolf
ruediger rudiger
ruslan rustam
russell russ rusty russel
ruth ruthie ruti rut
ryszard rysiek rysio
sabina sabine bine
sadiq sadik sadegh
safia safiya
said saeed saied sait
saleh salih salah
salim selim saleem salem
salma selma
salman selman
salvatore toto turi salvo tore salvador chava
samantha sam sammy sammie
samir sameer semir
samira semira sameera
samuel sam sammy shmuel samuele samy sammie shmulik schmuel samuil samu zamuel shmuley sami
sandra sandy sandi sandrine xandra
santiago santi tiago yago
sarah sally sara sadie sarita sarai sarra saara
saul shaul
sayed sayyid
sebastian seb bastian basti bas sebastien sebi bastien bastiaan wastl sebastiano sebastiao baschi sevastian basten
  seba
sergei serge sergey sergio serhii seryozha sergiy serhiy serjoscha sergej serega serezha sergiusz sergius
severin soren severino seweryn
shachar shahar
sharif sherif cherif charif serif
sharon shaz
sheila sile
shirin shireen
sidney sid sydney cid
siegfried sigi siggi sigfrid zygfryd
siegmund sigmund zygmunt sigismund sigi siggi sigismondo
silvester sylvester sylwester silvestro sly vester silvestre
silvia sylwia silvie syl
simon si simeon shimon szymon semyon senya simao simun schimon szymek semen sheimon sime shim simeone
simone simona mona simonetta simonne
solomon sol shlomo suleiman salomon schlomo sulayman salomone zalman suleyman
sophia sophie sofia sofie zofia sofya zosia sonya sonia sonja soph sofiya zofka sofi fiete sofija sonechka fia
souad suad
stanislav staszek stas stach stasiek stanislaw stanislaus stasio slava stanko stano stanislao stan
stanley stan stanly
stephanie steph steffi stefanie stevie stefania stefcia fani steffie stephi estefania stepha steffa stephania
stephen steve steven stevie stefan stephan stefano esteban etienne stepan szczepan stefanos stepa styopa stefek istvan
  pista staffan steffen steffan stef steph stephane stevan stephanus estevan stipe stepanek estevao stepen stevo
stuart stu stewart
suleiman suleyman sulayman soliman soulaiman sulo salomo suleman
susan sue susie suzy suzanne susanna susanne zuzana suzanna zuzanna susi sanne zuzia susana susannah shoshana
  shoshanna zuza sanna susette suse zsuzsanna zuzanka sanni suzie susann
svetlana sveta lana svitlana swetlana svieta
sylvia sylvie silvia
tabitha tabby
tadeusz tadek thaddeus tad thad tadeo taddeo thaddaus fadey
tahir taher
tali talia
tamar tammy tami tamara
tamara toma mara tamari tomochka
tariq tarek tarik tareq
tatiana tanya tania tatyana tetiana tanja tatjana tatianna tanechka
tawfiq tawfik taoufik tevfik
terence terry terrance
theodora dora thea theda teodora
theodore ted teddy theo theodor fyodor teodor fedor theodorus teo teodoro fedya theodoros todor theodoor teddie
theresa terry tess tessa resi teresa therese terezia teresita teresina tereska terezka tereza renia tere terri terrie
  theresia traci
thomas tom tommy tomas tomasz tommaso tam tomek thom tommie tomaso maso tamas tomasso toomas tuomas tomislav maas
  tommo thommy tomcio
tiffany theophania tiffani
timothy tim timmy timo timofey timothee timotheus timoteo tymoteusz tymek tima timofei timon timi timmo tymon
tobias toby tobi tobiasz tobin tobit tobbe tobie
tuvia tovia tobias
ulrich uli ulli ueli ulrik ulrico ulric utz
ulrike uli ulli rike ulla ulrika
ulyana uliana ulya juliana
ursula ursel uschi ulla urszula ula ursina orsola urs ursulina
vadim vadik vadym wadim
valentin valya walentin valentyn walenty tin walentyn velten
valentina valentine valya valentyna vale tina walentina
valentine val valentin valentino
valerie val valeria valerija valeriya vale lera walerie
valery valera valeri valerio valeriy waleri valerian walery
vanessa nessa
veit vitus vito
vera verochka verka wiera verusia
veronica ronnie veronika nika wera vroni veronique weronika vero roni
victor vic viktor vittorio vitya witja wiktor vito viktoras vittore vick
victoria vicky vicki tori viktoria vic vika wiktoria victorine vittoria viky tory viki
vincent vince vinny vicente vincenzo vinzenz vincenc wincenty vinz vincenz enzo chente cenzo vinnie zenz vikenty
violet vi viola
virginia ginny ginger
vitaly vitalik vitali vitaliy vitalii witali vital vitale
vladimir vova volodya volodymyr vlad wladimir wolodja volodja vladi vlado wlodzimierz wlodek vovka
vladislav vlad vladik wladyslaw wladek slava vlada
vsevolod seva vsevolodik
vyacheslav slava viacheslav wjatscheslaw
wael wail
walburga burga burgl wally
waldemar waldo waldi
walid waleed oualid velid
walter wally walt walther wouter wout gualtiero gauthier gauterio wolter waldi walty
waltraud traudl traudel traute traudi
wanda wandzia vanda
wendelin wendel
wendy gwendolyn gwen
werner wernher vernero verner
wilfred wilf fred wilfried wilfrid wilfredo willi fried
wilhelm willi william will wim pim willem guillaume vilem willy
wilhelmina mina minnie willa wilma helma elma helmi mine mien wilhelmine willy billie guillermina
william bill will billy willy liam willie bil wilhelm willem wim pim guglielmo guillermo guillaume memo guille vilhelm
  gwilym wil billie wils willard vilmos
winfried winnie fried winfred
winifred winnie freda
winston win
wojciech wojtek voytek
wolfgang wolf wolfi wolfie wolfram
xaver xavier xaverl javier saverio ksawery savi
xavier xavi
yael jael
yahya yahia yehia yahyah
yaroslav slava yarik jaroslaw
yasin yassin yassine yaseen yasine
yasser yasir yaser yassir
yegor egor gosha jegor yegorka
yekaterina katya kate
yochanan johanan
yoel joel
younes yunus younis
yuri yura juri jurij yury iurii yuriy yurik jura
yusuf yousef yusef youssef yousuf joseph
yvonne vonnie iwona ivonne iwonka yvonna ivone
zachary zach zack zac zacharias zachariah sakari zaccaria zechariah zakaria zacharie zak
zahra zohra zehra zahraa
zayd zaid zeid zayed
zaynab zeinab zainab zeynep zeyno zineb zeineb
zbigniew zbyszek zbych zbynek
zdzislaw zdzich zdzisiek
ziad ziyad zyad
zinaida zina zinaide
zipporah tzipora zippora zipora tzippi
zoe zoya zoja zoi
zvi tzvi zvika tsvi zwi
"""
_MEMBERS = [frozenset(group.split()) for group in re.split(r"\n(?! )", _GROUPS.strip())]
NAMES: dict[str, frozenset[int]] = {}
for _at, _group in enumerate(_MEMBERS):
    for _word in _group:
        NAMES[_word] = NAMES.get(_word, frozenset()) | {_at}


def may_be(one: str, other: str) -> bool:
    """Whether two folded given names may be those of one person: both stand in one group."""
    groups = NAMES.get(one)
    return groups is not None and not groups.isdisjoint(NAMES.get(other, ()))


@lru_cache(maxsize=10_000)
def forms(name: str) -> frozenset[str]:
    """Every name that stands in a group with `name`, itself too."""
    return frozenset({name}).union(*(_MEMBERS[group] for group in NAMES.get(name, ())))
