"""Names that many people have, folded: a word that is here is a name of its own and no slip of another."""

GIVEN = frozenset("""
aaron ada ahmed aidan aisha alan alana alice alicia alina alyssa amber amina amir amos ana anja annette anouk april
arlene arnold arthur ashley astrid audrey aurora ava axel ayse beatrix bella bente bianca blake bonnie boris brandon
brenda brent brett brigitte brooke bruce bruno byron carla carmen carol carter celeste celine chad chelsea chen chloe
cindy clara claude claudia clive colin connor cora craig crystal curtis daisy dale damian damien darren dawn dean
delia
denise derek desmond dirk dolores doris duncan dustin dylan edgar eileen elaine elena elias eli elke ella elliot elmar
elvira emil enid erica erika erin erwin ethan eva evan faith farah fatma faye fiona fleur flora frida gareth gary
gavin
gemma genevieve gerda gina glen glenn gloria gordon graham grant greta gudrun gunter gustav guy hassan hazel heath
heather heike helga herman hilda holger holly horst hussein ida igor imogen imran inga inge ingrid ingo iris irma ivy
jade jamal jared jasmin jasmine jasper jayden jenna jens joel jolene jordan jorg jose joy joyce juliana june jurgen
kai kaitlyn karim karina karsten katja kayla keith kelly kelvin kerstin khalid kim kirk klara klaus kurt kyle lachlan
lana lara lars latoya lauren layla leah leila lena lenny leroy lester leticia levi liam lina linda lisa lloyd lois
lola
lorna lorraine luca lucian lyle lynn mabel mae maja malik manfred marcia mario marion marina marjorie marlene marlon
marta marvin maureen maya megan mehmet meike mia mila milan miles milo miranda mitchell moira morgan murray myra nadia
nadine naomi natasha neil nelson nicola nigel nils nina noah noel nora norbert noreen olaf olga omar oscar otto owen
paige paula pauline pearl perry petra philippa pia piers preston quentin rahul rainer raisa rana rania reza rhonda
rita
roland roman rosa rosalie rosanna ross roy ruben ruby rufus ruth ryan sabine sabrina sally salma samir sanjay sara
sarah saskia scott sean selma shane shannon shawn shelley shirley sienna silke sonia sonja spencer stacey stella sunil
sven tamara tara taylor thea thelma theo thorsten tina todd toni tracey travis trent trevor troy tyler uma una ute uwe
vera verena vernon vivian wade warren wayne wendy werner wesley wilma yasmin yusuf yvette zara zoe luke lucy ellen
carol karen kathleen robin rupert lucille maura ludwig rosalind sean evan yan yuri jack jake jane joan
john jon ben dan tom tim kate jill mark mike nick paul anne emma ella eve mona nora rosa dora cora lora sina tina mina
dina gina jana lana maria marie mario mara mira erik eric jill bill will carl karl joel noel janet jane jean june dana
""".split())
SURNAMES = frozenset("""
adams ahmed alexander ali allen alvarez anderson andrews armstrong arnold bailey baker barker barnes bauer becker bell
bennett berg berger bernard berry black bergmann bishop boyd bradley brandt braun brennan brooks brown bruce bryant
burke burns burton butler byrne campbell carr carroll carter castillo chan chang chapman chavez chen clark clarke cole
coleman collins cook cooper costa cox craig crawford cruz cunningham daniels davidson davies davis dawson day dean
diaz
dixon doyle duncan dunn dupont durand edwards elliott ellis evans ferguson fernandez fischer fisher fletcher flores
ford
foster fox francis frank franke fraser freeman fuchs garcia gardner george gibson gomez gonzales gonzalez gordon
graham
grant gray green greene griffin gross gruber gutierrez haas hall hamilton hansen hanson harper harris harrison hart
hartmann
harvey hayes henderson henry herman hermann hernandez herrera hicks hill hoffman hoffmann holmes hopkins howard hudson
huber hughes hunt hunter ivanov ivanova jackson jacobs james jansen jansson janssen jenkins jensen jimenez johansen
johansson
johnson johnston jones jordan kaiser kaufmann keller kelley kelly kennedy khan kim king klein knight koch koenig
kohler
kovacs kowalski kramer kraus krause kruger kuhn kumar lambert lang lange larsen larson lawrence lawson lee lehmann
lewis li lin liu long lopez lowe lynch macdonald maier marino marsh marshall martin martinez martini mason matthews
may
mayer mccarthy mcdonald meier mendoza meyer miller mills mitchell molina moore morales moreau moreno morgan morris
morrison muller murphy murray myers nelson neumann newman nguyen nichols nielsen nilsson novak novotny olsen olson
olsson ortiz owen owens palmer parker parks patel patterson payne pereira perez perkins perry peters petersen peterson
petersson petit petrov phillips pierce porter powell powers price quinn ramirez ramos ray reed reid reyes reynolds
rice
richards richardson richter riley rivera rivers roberts robertson robinson rodriguez rogers romero rose ross rossi
roth
russell russo ryan sanchez sanders santos sauer schaefer scherer schmid schmidt schmitt schneider scholz schroder
schubert schultz schulz schulze schumacher schuster schwarz scott shaw silva simmons simon simpson singer singh sommer
smith snyder stein stephens stevens stewart stone sullivan suzuki svensson taylor thomas thompson thomson torres tran
tucker turner vargas vasquez vogel vogt wagner walker wallace walsh walter walters wang ward warren washington watson
watts weaver webb weber weiss welch wells werner west wheeler white williams williamson willis wilson winkler winter
winters wolf wolff wood woods wright wu yang yilmaz young zhang zhao zimmermann
""".split())
