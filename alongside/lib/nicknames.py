"""Given names and what people make of them: "bill" may be William, "Sascha" may be Alexander. Folded, romanised."""

from functools import lru_cache

_GROUPS = """
abigail abby abbie gail
abraham abe bram
adam addie
adelaide addie della
agnes aggie nessie
albert al bert bertie albrecht alberto
alexander alex al xander sandy sascha sasha alec alejandro aleksandr aleksander alexandre alessandro sander oleksandr
alexandra alex sandra sandy sasha lexi alexa aleksandra alessandra alejandra oleksandra
alfred alf alfie fred freddie
alison ali allie
amanda mandy manda
amelia amy millie milly
anastasia stacy stasia nastya ana
andrew andy drew andreas andre andrei andrey andres andrzej andrij
angela angie angelika
ann anna anne annie nan anka anya ania ana aneta annika anja
anthony tony anton antonio antoine toni antoni
antonia toni tonia
archibald archie
arthur art artie arturo artur
augustus gus august
barbara barb babs basia barbie
bartholomew bart bartosz
beatrice bea trixie beatriz beate
benedict ben benny benedikt
benjamin ben benny benji benny
bernadette bernie detta
bernard bernie bernhard bernardo
bradley brad
brian bryan
bridget biddy bridie
brigitte birgit gitte
caleb cal
calvin cal vin
cameron cam
caroline carrie lina karoline karolina carolina
catherine kate katie cathy kathy cat kit kitty katherine kathryn katharina katarina katrina ekaterina yekaterina katya
cecilia cecily celia cissy
charles charlie chuck chas chaz carl karl carlos carlo karel karol
charlotte lottie charlie lotte charly
christian chris christiaan kristian cristian
christina chris christine tina chrissy kirsten kristina kristin krystyna cristina christa
christopher chris kit topher christoph christof christophe kristof krzysztof cristobal kester
claire clare
clara klara
clifford cliff
constance connie
cornelius con neil kees cornelis
cynthia cindy
daniel dan danny danilo danila daniil daniele
danielle dani daniela daniella
david dave davy davey dawid davide
deborah deb debbie debra
dennis denny denis den
diana di
diane dianne di
dmitri dmitry dima dimitri dmitriy dmytro mitya
dominic dom dominik dominique domingo
donald don donnie
dorothy dot dottie dolly dorothea dora thea dorota
douglas doug
edith edie
edmund ed eddie ned
edward ed eddie ted teddy ned eduard eduardo edouard edvard
edwin ed eddie win
eleanor ellie nell nora leonora elinor
elizabeth liz lizzie beth betty bess eliza elsie libby lisa liza elisabeth elisa elise elsa lisbeth lise
emily em emmy emilie emilia millie
emma em emmy
eric erich erik rick
ernest ernie ernst ernesto
esther essie ester
eugene gene eugen evgeny yevgeny evgeniy
evelyn evie ewelina
fatima fatma fatimah
felicity fliss
ferdinand ferdi fernando
florence flo florrie flossie
frances fran fanny frankie francesca francisca franziska franzi
francis frank fran franz franciszek francisco francesco paco pancho francois
franklin frank
frederick fred freddie freddy fritz friedrich frederik frederic federico fryderyk rick
gabriel gabe gabi
gabrielle gabby gabriela gabi gabriella
geoffrey geoff jeff jeffrey
george georg jorge giorgio jerzy georgy georges jurgen jorg georgie
georgina georgie gina georgia
gerald gerry jerry gerhard
gerard gerry gerhard gert
gertrude trudy gerti
gilbert gil bert
giovanni gianni vanni
giuseppe beppe joseph peppe
grace gracie
gregory greg gregor grzegorz grigory grisha gregorio
guillaume guy
guy guido
hannah hanna hana
hans johannes johann hannes
harold harry hal harald
harriet hattie harriett henriette
heinrich heinz henry heini
helen nell nellie helena helene elena yelena olena lenka
henry harry hank hal heinrich henri henrik hendrik enrique enrico henryk
herbert herb bert bertie
howard howie
hubert bert
hugh hughie hugo
ian iain
ignatius iggy ignacio nacho ignacy
irene rene irina ira irena
isaac ike izzy itzhak
isabel isabella bella izzy belle isabelle isobel ysabel izabela
ivan vanya
jacob jake jakob jaap yakov
jacqueline jackie jacqui
james jim jimmy jamie jem
jan johan
jane janie
janet jan
jason jay
jean jeannie
jennifer jen jenny jenn
jeremy jerry jem jeremiah
jerome jerry
jessica jess jessie
jill gillian jillian gill
joan joanie
joanna jo joanne
john jack johnny jon
jonathan jon jonny nathan jonathon
joseph joe joey jo jose giuseppe josef jozef pepe yusuf yosef iosif sepp yousef
josephine jo josie fifi josefine josefina
joshua josh
juan juanito
judith judy jude judit
julia jules yulia yuliya julka iuliia
julian jules jul
julie jules
juliet julieta
justin juss
karl carl karel
kenneth ken kenny
kevin kev
kimberly kim kimberley
konstantin kostya constantine costas
lambert bert
laura laurie lori
laurence larry lawrence laurie lorenz lorenzo laurent
leo leon lev leonid
leonard leo len lenny leonhard leonardo
leslie les
lillian lily lil lilly lilian
linda lindy
louis lou louie lewis luis luigi
louise lou lulu louisa luise luisa
lucas luka lukas luca lukasz
lucy lucia lucie luz
lydia liddy
madeleine maddie madeline magdalena madelyn lena
magdalena lena magda maddalena
malcolm mal
manuel manny manolo emanuel emmanuel
marcus markus marcos
margaret maggie meg peggy madge marge margie greta gretchen rita daisy peg megan margarita margarete marguerite margot
maria mariya maryam miriam mariam marja masha maja mariia
marie mimi
marilyn lyn
mark marc marco marek
martha marta mattie marty
martin marty marten martino martyn
mary molly polly may mamie minnie
matilda tilly mattie mathilda mathilde
matthew matt matty matteo mateo mathieu matvei
matthias mathias mateusz
maurice moe maury moritz mauricio morris
maxim max maxime maksim maksym
maximilian max maximilien maksymilian
melanie mel
melissa mel missy lissa
michael mike mick mickey mikey mitch micha mikhail miguel michel michele michal mihai mikael misha
michelle shelly chelle
mildred millie milly
mitchell mitch
mohammed mohamed muhammad mohammad mehmet mo mohamad muhammed
monica mona monika
nancy nan
natalie nat natalia natalya natasha nathalie nataliya
nathan nate nat
nathaniel nat nate
nicholas nick nicky nico klaus nikolai nicolas nikolaus nikolaos mikolaj niklas nikolay claus niels nicola
nicole nicky nikki nicola
norman norm
oliver ollie olly olivier
olivia liv livvy ollie
oscar oskar ossie
oswald ozzie oz
pamela pam
patricia pat patsy tricia trish patty patrizia
patrick pat paddy patrik patricio padraig
paul pablo paolo pavel paulo pawel pauly
penelope penny
percival percy
peter pete pierre pedro piotr pyotr petr pietro petros piet pieter
philip phil pip philipp felipe filip philippe filippo phillip
phyllis phyl
priscilla cilla prissy
rachel rae ray rachael raquel
ralph rafe raul raoul
raymond ray ramon raimund
rebecca becky becca bec rebekah rivka
reginald reg reggie
richard rick rich dick ricky richie ricardo riccardo ryszard rikard
robert bob rob bobby robbie roberto robb bert
roberta bobbie robbie
roderick rod rick
rodney rod
roger rog rodger ruggero
ronald ron ronnie
rose rosie rosa roza
rosemary rose rosie
rudolf rudi rudy rolf rodolfo
russell russ rusty
ruth ruthie
samantha sam sammy
samuel sam sammy shmuel samuele
sarah sally sara sadie sarita
sebastian seb bastian basti bas sebastien
sergei serge sergey sergio serhii seryozha sergiy
sharon shaz
sheila sile
sidney sid
simon si simeon shimon
solomon sol
sophia sophie sofia sofie zofia sofya
stanley stan
stephanie steph steffi stefanie stevie stefania
stephen steve steven stevie stefan stephan stefano esteban etienne stepan szczepan stefanos
stuart stu stewart
susan sue susie suzy suzanne susanna susanne zuzana suzanna zuzanna
sylvia sylvie silvia
tabitha tabby
tatiana tanya tania tatyana tetiana
terence terry terrance
theodore ted teddy theo theodor fyodor teodor fedor
theresa terry tess tessa resi teresa therese
thomas tom tommy tomas tomasz tommaso tam
timothy tim timmy timo timofey
tobias toby tobi
ulrich uli ulli
ulrike uli ulli rike
ursula ursel uschi ulla
valentine val valentin valentino
valerie val valeria
vanessa nessa
veronica ronnie veronika
victor vic viktor vittorio
victoria vicky vicki tori viktoria vic
vincent vince vinny vicente vincenzo vinzenz
violet vi viola
virginia ginny ginger
vladimir vova volodya volodymyr vlad wladimir
walter wally walt walther
wendy gwendolyn gwen
wilfred wilf fred
wilhelm willi william will
wilhelmina mina minnie willa wilma
william bill will billy willy liam willie bil wilhelm willem wim
winifred winnie freda
wolfgang wolf wolfi
xavier xavi
yekaterina katya kate
yvonne vonnie
zachary zach zack zac
"""
NAMES: dict[str, frozenset[int]] = {}
for _at, _line in enumerate(_GROUPS.strip().splitlines()):
    for _word in _line.split():
        NAMES[_word] = NAMES.get(_word, frozenset()) | {_at}


def may_be(one: str, other: str) -> bool:
    """Whether two folded given names may be those of one person: both stand in one group."""
    groups = NAMES.get(one)
    return groups is not None and not groups.isdisjoint(NAMES.get(other, ()))


@lru_cache(maxsize=10_000)
def forms(name: str) -> frozenset[str]:
    """Every name that stands in a group with `name`, itself too."""
    groups = NAMES.get(name, frozenset())
    return frozenset({name, *(word for word, held in NAMES.items() if held & groups)})
