"""Which conditionals are threats, and who plays which part in them, as read by the shipped network."""

from __future__ import annotations

import pytest
import spacy

import quotekit
from quotekit.attributions import find_attributions
from quotekit.quotes import find_quotes
from quotekit.reader import shipped_reader
from quotekit.reader.reading import Reading
from quotekit.speakers import find_speakers
from quotekit.threats import find_threats
from quotekit.threats.conditionals import conditionals_in
from quotekit.threats.scene import Scene
from quotekit.threats.survey import survey_of
from quotekit.types import ConditionalThreat, Extraction

MISREAD = pytest.mark.xfail(strict=True, reason="the reader's parse hides the clause")


def threat(text: str) -> ConditionalThreat:
    found = quotekit.extract(text).threats
    assert len(found) == 1, [(t.condition, t.consequence) for t in found]
    return found[0]


def parts(text: str) -> tuple[str | None, list[str], list[str]]:
    one = threat(text)
    return one.marker.text if one.marker else None, [s.text for s in one.condition], [s.text for s in one.consequence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The ministry said that it would expel the envoys if Norland annexed the island.",
            ("if", ["Norland annexed the island"], ["it would expel the envoys"]),
            id="that-and-marker-outside",
        ),
        pytest.param(
            "“If Norland closes the strait, then we will sink its ships,” the admiral said.",
            ("If", ["Norland closes the strait"], ["we will sink its ships"]),
            id="then-and-marks-outside",
        ),
        pytest.param(
            "“If no answer comes and Norland continues its attacks, we will bomb its bases,” the admiral said.",
            ("If", ["no answer comes", "Norland continues its attacks"], ["we will bomb its bases"]),
            id="coordinated-conditions",
        ),
        pytest.param(
            "Pilots threatened to strike unless the airline raised their pay.",
            ("unless", ["the airline raised their pay"], ["to strike"]),
            id="infinitive-of-a-report",
        ),
    ],
)
def test_spans(text: str, expected: tuple[str, list[str], list[str]]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“If I had known, I would have sacked him,” the manager said.", id="counterfactual"),
        pytest.param("Will the bank cut its loans if the law passes?", id="question"),
        pytest.param("In the film the villain says: “If you move, I will shoot you.”", id="fiction"),
        pytest.param("The mayor demanded that the company clean up the river by June.", id="demand-only"),
        pytest.param("The threat level will stay high, the security service said.", id="lexical"),
        pytest.param("If the dam breaks, the valley will flood, engineers said.", id="warning"),
        pytest.param("If convicted, the driver faces ten years in prison, prosecutors said.", id="law"),
        pytest.param("The firm will raise wages if the union ends the strike, a spokesman said.", id="offer"),
        pytest.param("If it rains, take an umbrella, the guide advised.", id="advice"),
        pytest.param("The ministry said it would not retaliate if the ships turned back.", id="negated"),
    ],
)
def test_no_threat(text: str) -> None:
    assert quotekit.extract(text).threats == ()


def test_roles_deadline_and_features() -> None:
    text = "The union's leader, Ana Ruiz, said the teachers would strike unless the ministry raised pay by Friday."
    extraction = quotekit.extract(text)
    [one] = extraction.threats
    assert one.threatener is not None
    assert one.target is not None
    assert one.deadline is not None
    assert (one.threatener.text, one.target.text, one.deadline.text) == ("the teachers", "the ministry", "by Friday")
    assert (one.direction, one.means, one.explicitness) == ("compellent", "industrial_action", "explicit")
    assert one.attribution_id in {a.id for a in extraction.attributions}
    assert all(text[s.start : s.end] == s.text for s in extraction.spans())


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        pytest.param(
            "“If Norland attacks our ships, we will bomb its bases,” the admiral said.", "deterrent", id="act"
        ),
        pytest.param(
            "“If Norland ignores our demands, we will bomb its bases,” the admiral said.", "compellent", id="omission"
        ),
        pytest.param(
            "“If Norland does not withdraw, we will bomb its bases,” the admiral said.", "compellent", id="negated"
        ),
        pytest.param(
            "“If Norland keeps attacking our ships, we will bomb its bases,” the admiral said.",
            "compellent",
            id="going-on",
        ),
    ],
)
def test_direction(text: str, direction: str) -> None:
    assert threat(text).direction == direction


@pytest.mark.parametrize("deps", [("root", "nmod"), ("nmod", "nmod")])
def test_odd_parses_end(deps: tuple[str, str]) -> None:
    text = "if week"
    reading = Reading.from_rows(text, [(0, 2, "SCONJ", deps[0], 0), (3, 7, "NOUN", deps[1], 1)])
    assert find_threats(reading, Extraction(text=text)).threats == ()


def test_no_text() -> None:
    assert find_threats(Reading.from_rows("", []), Extraction(text="")).threats == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“If you look back at the minutes, you will see the error,” the clerk said.", id="who-acts-next"),
        pytest.param("“If you close the valve, you would be drowning yourself,” the engineer said.", id="reflexive"),
        pytest.param("“If the trend continues, it is going to be very costly,” the analyst said.", id="outcome"),
        pytest.param("“If we don't have rules, we're not going to have a league,” the coach said.", id="having"),
        pytest.param("“If she is elected, we will tear down the toll gates,” her aide said.", id="campaign"),
        pytest.param("The fund does not pay for grants or loans that must be repaid.", id="nouns-joined"),
        pytest.param("The scheme brought money to towns that would otherwise have no bank.", id="relative-clause"),
        pytest.param("“If any dam cannot be mended, it should be broken up,” the engineer said.", id="opinion"),
        pytest.param("He held the boy's arm until the boy gave up the knife, a sergeant told the court.", id="past"),
        pytest.param("Dockers struck until the port withdrew its plan, the union said.", id="past-strike"),
        pytest.param(
            "He had refused to pay until the bailiffs came, Joost Brandt told the court.",
            id="past-perfect",
        ),
        pytest.param("If the weather holds, the band would like to close the street for a party.", id="wish"),
    ],
)
def test_outcomes_plans_and_opinions_are_no_threats(text: str) -> None:
    assert quotekit.extract(text).threats == ()


def conditionals(text: str) -> list[tuple[list[str], list[str]]]:
    """Conditions and consequences, threats or not."""
    [reading] = shipped_reader().read([spacy.blank("en")(text)])
    extraction = find_attributions(reading, find_quotes(reading, Extraction(text=text)))
    scene = Scene(reading, extraction.attributions)

    def words(pieces: tuple[tuple[int, int], ...]) -> list[str]:
        return [text[slice(*scene.characters(piece))] for piece in pieces]

    return [(words(one.conditions), words(one.consequences)) for one in conditionals_in(scene)]


@pytest.mark.parametrize(
    ("text", "condition", "consequence"),
    [
        pytest.param(
            "The club would sell its players, said its owner, smiling at the reporters, if "
            "the council raised the rent.",
            "the council raised the rent",
            "The club would sell its players",
            id="said-its-owner",
        ),
        pytest.param(
            "He told the boys to run: his dogs would be let loose if they came back.",
            "they came back",
            "his dogs would be let loose",
            id="colon",
        ),
        pytest.param(
            "Touch the old mill, villagers told the firm, and the road will be blocked.",
            "Touch the old mill",
            "the road will be blocked",
            id="order-around-tag",
        ),
        pytest.param(
            "Either the landlord mends the lift, the tenants told him in a letter, or the rent will stay unpaid.",
            "the landlord mends the lift",
            "the rent will stay unpaid",
            id="either-around-tag",
        ),
        pytest.param(
            "The note was short: the club signs one more striker, and we leave.",
            "the club signs one more striker",
            "we leave",
            id="behind-colon",
        ),
        pytest.param(
            "The league pays up by noon, or on Monday our gates stay shut.",
            "The league pays up by noon",
            "on Monday our gates stay shut",
            id="on-monday",
        ),
        pytest.param(
            "One more delay, a caller told the mill, and the barn would burn.",
            "One more delay",
            "the barn would burn",
            id="one-more-around-tag",
        ),
        pytest.param(
            "Your lordships will kindly open the gates, says the letter; otherwise the bridge will be closed.",
            "Your lordships will kindly open the gates",
            "the bridge will be closed",
            id="your-lordships",
        ),
        pytest.param(
            "“Give us the list by Friday. I ask nicely,” the lawyer's note began, and it "
            "went on: “If not, I come with the police.”",
            "Give us the list by Friday",
            "I come with the police",
            id="two-sentences-back",
        ),
        pytest.param(
            "He could hand over the keys; failing that, the guards would arrest him.",
            "He could hand over the keys",
            "the guards would arrest him",
            id="could-or-failing-that",
        ),
        pytest.param(
            "A week to clear the yard, or a lawsuit: the town gave the firm its terms.",
            "to clear the yard",
            "a lawsuit",
            id="harm-without-verb",
        ),
        pytest.param(
            "The union said no train would run before the minister apologised.",
            "the minister apologised",
            "no train would run",
            id="not-before",
        ),
        pytest.param(
            "Guards would seize their phones the first time one of them rang.",
            "one of them rang",
            "Guards would seize their phones",
            id="the-first-time",
        ),
        pytest.param(
            "The dockers would walk out on Monday barring a rise in pay.",
            "a rise in pay",
            "The dockers would walk out on Monday",
            id="barring",
        ),
        pytest.param(
            "Whoever signs that paper, he said, will be carried out of the hall.",
            "signs that paper",
            "will be carried out of the hall",
            id="whoever-around-tag",
        ),
        pytest.param(
            "The visit would be struck from the calendar were the house to vote for the bill.",
            "the house to vote for the bill",
            "The visit would be struck from the calendar",
            id="were-behind",
        ),
        pytest.param(
            "A club hires the man under a false name? The league will expel it, he said.",
            "A club hires the man under a false name",
            "The league will expel it",
            id="supposed",
        ),
        pytest.param(
            "“Sign the list, Minister, or we go home,” said the nurses.",
            "Sign the list",
            "we go home",
            id="address",
        ),
        pytest.param(
            "She would ask the judges to fine the bank unless the papers were found.",
            "the papers were found",
            "She would ask the judges to fine the bank",
            id="ask-to",
        ),
        pytest.param(
            "The league said that anyone caught selling tickets would be banned.",
            "caught selling tickets",
            "would be banned",
            id="reduced-relative",
        ),
        pytest.param(
            "“Give us the ledger,” the inspector said, “or we will close the mill.”",
            "Give us the ledger",
            "we will close the mill",
            id="order-before-a-tag",
        ),
        pytest.param(
            "“Touch the ledger,” the clerk said, “and I will call the police.”",
            "Touch the ledger",
            "I will call the police",
            id="dare-before-a-tag",
        ),
        pytest.param(
            "“Close the plant? Then the men will walk out,” shop steward Vera Lunn said.",
            "Close the plant",
            "the men will walk out",
            id="dare-asked",
        ),
        pytest.param(
            "The court gave the club a week to pay its debts. Otherwise, it said, bailiffs will come.",
            "to pay its debts",
            "bailiffs will come",
            id="tag-behind-otherwise",
        ),
        pytest.param(
            "The pilots' threats to stop flying unless the rota changed were ignored by the airline.",
            "the rota changed",
            "to stop flying",
            id="threat-as-subject",
            marks=MISREAD,
        ),
        pytest.param(
            "He repeated his threat of “harsh steps” if the town kept the tax.",
            "the town kept the tax",
            "harsh steps",
            id="threat-of",
        ),
        pytest.param(
            "Ferries would stop, the union said on Monday, if the port did not pay them.",
            "the port did not pay them",
            "Ferries would stop",
            id="condition-behind-a-tag",
        ),
        pytest.param(
            "“Nobody in my firm will work for them,” Ana Ruiz said of the banks, “unless they pay in advance.”",
            "they pay in advance",
            "Nobody in my firm will work for them",
            id="interrupted-quotation",
        ),
    ],
)
def test_conditionals(text: str, condition: str, consequence: str) -> None:
    assert conditionals(text) == [([condition], [consequence])]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“Look, I like the plan,” the mayor said.", id="look"),
        pytest.param("The clerk asked if the firm would sue.", id="indirect-question"),
        pytest.param("Nobody would say if the firm would sue.", id="indirect-question-of-say"),
        pytest.param("The threat of a flood kept people away from the river.", id="danger"),
        pytest.param("The man caught in the park was a guard.", id="known-man"),
        pytest.param("“You came late. We had eaten,” the cook said.", id="told-to-you-as-past"),
        pytest.param("“Hand in hand they walked on and nobody spoke,” the guide said.", id="noun-and-no-order"),
        pytest.param(
            "The clerk said the hall was closed for repairs; it would be open otherwise.", id="otherwise-alone"
        ),
        pytest.param("“Say hello to the crew. Then we sail,” the skipper said.", id="say-and-no-case"),
    ],
)
def test_no_conditional(text: str) -> None:
    assert conditionals(text) == []


@pytest.mark.xfail(strict=True, reason="the rent is taken for the target")
def test_hearer_of_a_headline() -> None:
    one = threat("Landlord to students: pay the rent or be thrown out")
    assert one.threatener is not None
    assert one.target is not None
    assert (one.threatener.text, one.target.text) == ("Landlord", "students")


@pytest.mark.parametrize(
    ("text", "means"),
    [
        pytest.param(
            "The dockers gave the port 48 hours to restore the bonus or face a strike.",
            "industrial_action",
            id="workers",
        ),
        pytest.param(
            "The farmers gave the government 48 hours to withdraw the tax or face a blockade.",
            "political",
            id="citizens",
        ),
        pytest.param("The rebel army threatened an attack unless the garrison surrendered.", "military", id="army"),
        pytest.param("The league threatened to deduct ten points unless the club paid its tax.", "legal", id="league"),
        pytest.param("Veldland warns of tariffs if Ostrana bans its beef", "economic", id="noun-behind-warns-of"),
    ],
)
def test_lists_tell_means_by_who_acts(text: str, means: str) -> None:
    [reading] = shipped_reader().read([spacy.blank("en")(text)])
    extraction = find_attributions(reading, find_quotes(reading, Extraction(text=text)))
    [(_, findings)] = survey_of(reading, find_speakers(reading, extraction)).found
    assert findings.appraisal.means == means


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The agency withdrew last week's threat to sue customers if they resold their tickets.", id="withdrew"
        ),
        pytest.param(
            "The governor backed away from a promise to arrest councillors if they voted.", id="backed-away-from"
        ),
        pytest.param(
            "The league dropped its threat of a points deduction if the club signs the striker.", id="dropped"
        ),
    ],
)
def test_threat_taken_back(text: str) -> None:
    assert quotekit.extract(text).threats == ()


@pytest.mark.parametrize(
    ("text", "threatener"),
    [
        pytest.param(
            "The smelter let the city know that it would cut off the heating unless the bill was paid.",
            "The smelter",
            id="lets-another-know",
        ),
        pytest.param(
            "Two banks have let it be known that they would close their branches if the levy passes, "
            "according to a clerk who met them.",
            "Two banks",
            id="they-are-not-the-one-who-tells-of-it",
        ),
        pytest.param(
            "“If the rent goes up, we will march on the town hall,” said Ida Roe, chair of the Mill Lane tenants.",
            "the Mill Lane tenants",
            id="office-after-a-name",
        ),
        pytest.param(
            "“We will pull our trucks out unless the fees are cut,” said Tom Agard, head of freight at Corvex.",
            "Corvex",
            id="office-at-a-firm",
        ),
        pytest.param(
            "“If the minister signs the bill, we will bring down the government,” "
            "said Lia Fenn, who leads the Reed Party.",
            "the Reed Party",
            id="who-leads",
        ),
        pytest.param(
            "“If the port stays shut, we will sue the council,” Ben Oster said on behalf of the ferry firms.",
            "the ferry firms",
            id="on-behalf-of",
        ),
        pytest.param(
            "“If you do not pay me, we will burn your barn,” said the king's brother.",
            "the king's brother",
            id="kin-speaks-for-himself",
        ),
        pytest.param(
            "The farmers' threat to block the bridge if the mill closed was ignored.",
            "The farmers",
            id="owner-of-a-threat",
        ),
        pytest.param("Tram crews to strike on Friday unless city pays arrears", "Tram crews", id="headline"),
        pytest.param(
            "The gang gave the hotel three days to pay, after which its bookings would be wiped.",
            "The gang",
            id="who-sets-the-limit",
        ),
        pytest.param(
            "“Move your car or I will smash it,” the man shouted at a driver, according to two witnesses.",
            "the man",
            id="told-by-witnesses",
        ),
        pytest.param(
            "“Pay by noon or we will burn the barn,” read the note that the raiders left on the door.",
            "the raiders",
            id="behind-a-document",
        ),
    ],
)
def test_who_will_act(text: str, threatener: str) -> None:
    found = threat(text).threatener
    assert found is not None
    assert found.text == threatener


@pytest.mark.parametrize(
    ("text", "target"),
    [
        pytest.param(
            "The bank said it would sue brokers who sell the bonds.",
            "brokers",
            id="described-by-the-condition",
            marks=MISREAD,
        ),
        pytest.param("The league will ban anyone who sells a ticket, its chief said.", None, id="open-to-anyone"),
        pytest.param(
            "“Get off the roof or I will call the police,” the guard shouted at the boys.", "the boys", id="shouted-at"
        ),
        pytest.param(
            "“If the mill is sold, we will strike,” the welders' leader told reporters.",
            None,
            id="press-only-listens",
            marks=pytest.mark.xfail(strict=True, reason="what is sold is taken for the target"),
        ),
        pytest.param(
            "“Any leak will be punished with dismissal,” the minister told the officials.",
            "the officials",
            id="told-of-any-such-act",
        ),
        pytest.param(
            "The drivers gave the company an ultimatum. “Pay us by Friday or we strike,” their leader said.",
            "the company",
            id="addressed-in-the-sentence-before",
        ),
        pytest.param(
            "“Without a written apology by Monday, we will sue the newspaper,” said the senator.",
            "the newspaper",
            id="only-one-whom-it-hits",
        ),
        pytest.param(
            "Her landlord had told her that he would change the locks if she called the inspector.",
            "her",
            id="hearer-is-not-the-speaker",
        ),
        pytest.param(
            "The agency gave two clubs until Friday to file their accounts; otherwise, it said, they would be fined.",
            "two clubs",
            id="given-time",
        ),
    ],
)
def test_who_is_to_comply(text: str, target: str | None) -> None:
    found = threat(text).target
    assert (found.text if found is not None else None) == target


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        pytest.param(
            "The union said it would strike unless the firm paid by noon on Monday.",
            "by noon on Monday",
            id="two-parts",
        ),
        pytest.param(
            "The union said it would strike unless the firm settled before the summer recess.",
            "before the summer recess",
            id="before-an-event",
        ),
        pytest.param(
            "The gang gave the hotel until Sunday night to pay, after which its bookings would be wiped.",
            "until Sunday night",
            id="until-a-time",
        ),
        pytest.param(
            "The landlord said he would lock the pump unless each tenant paid him ten crowns a month.", None, id="rate"
        ),
    ],
)
def test_deadline(text: str, deadline: str | None) -> None:
    found = threat(text).deadline
    assert (found.text if found is not None else None) == deadline


@pytest.mark.parametrize(
    ("text", "condition", "consequence"),
    [
        pytest.param(
            "The court has given the firm a month to hand over its books, after which the owner will be jailed.",
            "to hand over its books",
            "the owner will be jailed",
            id="after-which",
        ),
        pytest.param(
            "“You have ten days to pay,” the clerk said. “After that we will send bailiffs.”",
            "to pay",
            "we will send bailiffs",
            id="after-that",
        ),
        pytest.param(
            "The paper demanded an apology, or it would sue.", "an apology", "it would sue", id="thing-demanded"
        ),
        pytest.param(
            "Whoever opens the safe alone will be dismissed, the manager told staff.",
            "opens the safe alone",
            "will be dismissed",
            id="whoever",
        ),
        pytest.param(
            "Unless the owner drops the plan by Friday, we strike.",
            "the owner drops the plan by Friday",
            "we strike",
            id="comma-before-the-subject",
        ),
        pytest.param(
            "Norland will shell the town if the garrison has not left by Sunday, its chief, Ilo Varn, said on air.",
            "the garrison has not left by Sunday",
            "Norland will shell the town",
            id="tag-at-the-end",
            marks=MISREAD,
        ),
    ],
)
def test_conditionals_by_their_place(text: str, condition: str, consequence: str) -> None:
    assert conditionals(text) == [([condition], [consequence])]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The school gave the pupils a week to rest, after which lessons began again.", id="no-demand-told"
        ),
        pytest.param("“We ate once more at the inn,” the guide said.", id="once-more"),
        pytest.param("The guests that arrive today stay for a week.", id="relative-of-the-known"),
        pytest.param("Talking to the press, the owner said, is what he likes best.", id="gerund-without-will"),
        pytest.param("The council wanted a bridge or it wanted a tunnel.", id="no-will"),
    ],
)
def test_no_conditional_by_place(text: str) -> None:
    assert conditionals(text) == []


@pytest.mark.parametrize(
    ("text", "condition", "consequence"),
    [
        pytest.param(
            "The gas would be cut, Governor Lind let the port know by telegram, if the tolls went up.",
            "the tolls went up",
            "The gas would be cut",
            id="lets-know-in-the-middle",
        ),
        pytest.param(
            "If the tolls go up, she went on, we will close the pass.",
            "the tolls go up",
            "we will close the pass",
            id="goes-on-in-the-middle",
        ),
        pytest.param(
            "The lamps would go out, it ran, unless the council paid its bill.",
            "the council paid its bill",
            "The lamps would go out",
            id="document-runs",
        ),
        pytest.param(
            "He would lose his seat, he was told by post, if he voted for it.",
            "he voted for it",
            "He would lose his seat",
            id="told-by-post",
            marks=MISREAD,
        ),
        pytest.param(
            "The gates close, says a poster that the firm has put on every door, if the pickets stay.",
            "the pickets stay",
            "The gates close",
            id="tag-with-its-speaker-behind",
        ),
        pytest.param(
            "Go on with your digging, the guard told them, and the dogs come out.",
            "Go on with your digging",
            "the dogs come out",
            id="goes-on-behind-a-tag",
        ),
        pytest.param(
            "If the drills start again, everybody should expect a lawsuit.",
            "the drills start again",
            "everybody should expect a lawsuit",
            id="what-is-still-to-be-thought",
        ),
        pytest.param(
            "“If one truck crosses the bridge,” the colonel told the press, with a glance at the map "
            "on the wall, “I will blow it up.”",
            "one truck crosses the bridge",
            "I will blow it up",
            id="gesture-between-halves",
        ),
        pytest.param(
            "“The board raises our pay by Friday, or the trams stay in the depot,” the drivers' leader said.",
            "The board raises our pay by Friday",
            "the trams stay in the depot",
            id="dare-with-or",
        ),
        pytest.param(
            "“You drop clause nine,” he said to the lawyers, “or I walk out of here.”",
            "You drop clause nine",
            "I walk out of here",
            id="dare-before-a-tag-with-or",
        ),
        pytest.param(
            "“He returns my boat, or else I go to the harbour police,” said Mrs Vane.",
            "He returns my boat",
            "I go to the harbour police",
            id="dare-with-or-else",
        ),
        pytest.param(
            "“They block one road, they lose their harbour,” the admiral said.",
            "They block one road",
            "they lose their harbour",
            id="side-by-side",
        ),
        pytest.param(
            "“The council takes one more field and I chain myself to the gate,” Ida Roe said.",
            "The council takes one more field",
            "I chain myself to the gate",
            id="one-more-and",
        ),
        pytest.param(
            "A second raid, the minister said, and he would close the border.",
            "A second raid",
            "he would close the border",
            id="counted-noun-and",
        ),
        pytest.param(
            "“A new roof by winter, or we stop paying rent,” the tenants' chair said.",
            "A new roof by winter",
            "we stop paying rent",
            id="demand-without-a-verb",
        ),
        pytest.param(
            "“Take that ball onto my lawn once more,” Mr Pym told the two boys from next door quietly, "
            "“and I'm calling your mother.”",
            "Take that ball onto my lawn once more",
            "I'm calling your mother",
            id="dare-with-progressive",
        ),
        pytest.param(
            "The band would not play a note, its leader said, should the singer be replaced.",
            "the singer be replaced",
            "The band would not play a note",
            id="should-behind-a-tag",
        ),
        pytest.param(
            "“We shall not stand idle should Norland shell the port,” the envoy said.",
            "Norland shell the port",
            "We shall not stand idle",
            id="should-without-a-break",
        ),
        pytest.param(
            "Were the firm to sink another shaft, the miners said, they would flood both.",
            "the firm to sink another shaft",
            "they would flood both",
            id="were-to",
        ),
        pytest.param(
            "The guard warned the thief that should he open the safe, his hand would be broken.",
            "he open the safe",
            "his hand would be broken",
            id="should-behind-that",
        ),
        pytest.param(
            "“As soon as the House votes to end the lease,” the admiral said, “our ships leave the bay.”",
            "the House votes to end the lease",
            "our ships leave the bay",
            id="as-soon-as",
        ),
        pytest.param(
            "Anyone who signs the pledge can forget about a pension, the mayor told the clerks.",
            "signs the pledge",
            "can forget about a pension",
            id="subject-cut-from-its-verb",
        ),
        pytest.param(
            "The navy will sail the moment a man held for spying was hanged, the envoy said.",
            "a man held for spying was hanged",
            "The navy will sail",
            id="behind-a-participle",
        ),
        pytest.param(
            "Kolm threatened to seize the lock unless the toll was dropped, then let the matter rest.",
            "the toll was dropped",
            "to seize the lock",
            id="what-happened-then",
        ),
        pytest.param(
            "The league will ban any club caught bribing referees.",
            "caught bribing referees",
            "The league will ban any club",
            id="reduced-relative-of-an-object",
        ),
        pytest.param(
            "“Next time I see you here, I call the police,” the guard said.",
            "I see you here",
            "I call the police",
            id="next-time",
        ),
        pytest.param(
            "Ten members gave the chairman till Easter to sell the mill, and after that they would resign.",
            "to sell the mill",
            "they would resign",
            id="and-after-that",
        ),
        pytest.param(
            "The gang allowed the bank nine days to find the money; the files of its customers would "
            "be sold after that.",
            "to find the money",
            "the files of its customers would be sold",
            id="after-that-at-the-end",
        ),
        pytest.param(
            "“You have two days to hand over the boats,” the note said. “Failing that, we will burn the pier.”",
            "to hand over the boats",
            "we will burn the pier",
            id="failing-that",
        ),
        pytest.param(
            "Pay the fine by Monday, she wrote; if not, the shop is shut.",
            "Pay the fine by Monday",
            "the shop is shut",
            id="if-not-in-the-present",
        ),
        pytest.param(
            "The crews were to leave the dock by noon, or they would be arrested.",
            "The crews were to leave the dock by noon",
            "they would be arrested",
            id="are-to",
        ),
        pytest.param(
            "“The club had better pay its players,” the judge said. “My court can sell a stadium.”",
            "pay its players",
            "My court can sell a stadium",
            id="had-better",
        ),
        pytest.param(
            "“Tenants don't fix the fence by noon, we fix it and send them the bill,” the agent said.",
            "Tenants don't fix the fence by noon",
            "we fix it and send them the bill",
            id="side-by-side-denied",
            marks=MISREAD,
        ),
        pytest.param(
            "“The posters come down today, otherwise I will call a lawyer,” the baker said.",
            "The posters come down today",
            "I will call a lawyer",
            id="dare-with-otherwise",
        ),
        pytest.param(
            "VARN TO LEAVE TALKS UNLESS ARMY FREES PRIEST",
            "ARMY FREES PRIEST",
            "TO LEAVE TALKS",
            id="capitals",
        ),
        pytest.param(
            "Army gives rebels three days to quit dam, or face shelling",
            "to quit dam",
            "face shelling",
            id="or-face",
        ),
        pytest.param(
            "“Our boats will keep circling the rock until the navy hands back the two crews,” the skipper said.",
            "the navy hands back the two crews",
            "Our boats will keep circling the rock",
            id="verb-read-as-noun",
        ),
        pytest.param(
            "No driver will leave the yard without a written apology.",
            "a written apology",
            "No driver will leave the yard",
            id="trailing-without",
        ),
        pytest.param(
            "The league set a deadline for the club to pay up, warning that it would deduct ten points otherwise.",
            "to pay up",
            "it would deduct ten points",
            id="closed-by-otherwise",
        ),
        pytest.param(
            "“You hire agency crews. We walk out for a week. It is that simple,” the union told the port company.",
            "You hire agency crews",
            "We walk out for a week",
            id="told-to-you",
        ),
        pytest.param(
            "“Let the port hire agency crews. Then we will walk out,” said Petra Lund of the union.",
            "Let the port hire agency crews",
            "we will walk out",
            id="let-and-then",
        ),
        pytest.param(
            "“Say the port company hires agency crews. Then we walk out,” said Petra Lund of the union.",
            "the port company hires agency crews",
            "we walk out",
            id="case-put",
        ),
        pytest.param(
            "“Hire agency crews again and see what happens,” the union told the port company.",
            "Hire agency crews again",
            "see what happens",
            id="see-what-happens",
        ),
        pytest.param(
            "“The boys had better apologise to the teacher, or we will suspend all six,” said headteacher Ruth Oakes.",
            "apologise to the teacher",
            "we will suspend all six",
            id="had-better-with-noun",
        ),
        pytest.param(
            "“Hand over your passport by Friday or we will issue an arrest warrant,” the court told the banker.",
            "Hand over your passport by Friday",
            "we will issue an arrest warrant",
            id="order-read-as-noun",
        ),
        pytest.param(
            "The shopkeepers were told to hand over the money or face arson, according to Rico Salas.",
            "to hand over the money",
            "face arson",
            id="told-to-with-noun",
        ),
        pytest.param(
            "Ostmark will expel the staff unless Ravenna hands over the two agents, its minister said.",
            "Ravenna hands over the two agents",
            "Ostmark will expel the staff",
            id="verb-read-as-noun-behind-a-name",
        ),
        pytest.param(
            "He would strike her, the trainer told the girl, if she let it stop once more, according to a stable hand.",
            "she let it stop once more",
            "He would strike her",
            id="tag-before-the-condition",
        ),
        pytest.param(
            "The threat by the league to deduct ten points if the club plays the banned striker has alarmed residents.",
            "the club plays the banned striker",
            "to deduct ten points",
            id="threat-as-subject",
        ),
        pytest.param(
            "The smugglers have given the crew two days to pay before they sink the boat, the harbour master said.",
            "to pay",
            "they sink the boat",
            id="time-limit-with-before",
        ),
        pytest.param(
            "Another raid on our boats will mean war, the captain said.",
            "Another raid on our boats",
            "will mean war",
            id="another-one-entails",
        ),
        pytest.param("“No ramp, no vote,” the deputy told the mayor.", "No ramp", "no vote", id="two-nouns-denied"),
        pytest.param(
            "“As long as he sits in that chair, not one lorry will leave the yard,” the foreman said.",
            "he sits in that chair",
            "not one lorry will leave the yard",
            id="not-before-the-subject",
        ),
        pytest.param(
            "Lind has turned forty. A letter gave him until noon to open the gate. "
            "After that, the men wrote, they would burn it.",
            "to open the gate",
            "they would burn it",
            id="time-limit-told-before-it-is-taken-up",
        ),
    ],
)
def test_conditionals_by_construction(text: str, condition: str, consequence: str) -> None:
    assert conditionals(text) == [([condition], [consequence])]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The boats came back, the harbour master said on Friday, and the crews went home.",
            id="tag-of-what-happened",
        ),
        pytest.param("The road is open, says a notice that the firm has put up.", id="notice-of-a-fact"),
        pytest.param("“The tailor cuts the cloth, the apprentice sews the coats,” Lind said.", id="side-by-side"),
        pytest.param("“My aunt runs the inn, my uncle keeps the bees,” Lind said.", id="side-by-side-of-two"),
        pytest.param(
            "“You had better ask the nurse. She will show you the ward,” Lind said.", id="had-better-as-advice"
        ),
        pytest.param("“We had better leave. The tide will cover the path,” Lind said.", id="we-had-better"),
        pytest.param("“You cannot run an inn without guests,” Lind said.", id="cannot-without"),
        pytest.param("“People work from home, or people work in the office,” the minister said.", id="same-subject"),
        pytest.param("“He knows the town, or he is a quick learner,” the mayor said.", id="state"),
        pytest.param("“We train hard, they train harder,” the coach said.", id="own-act-side-by-side"),
        pytest.param("“She likes the town, she likes the sea,” her agent said.", id="likings-side-by-side"),
        pytest.param("A second bridge and a third tunnel were built last year.", id="counted-nouns-joined"),
        pytest.param("The band would play, its leader said, and it did.", id="tag-without-condition"),
        pytest.param("The minister said that the club should be sold.", id="should-of-opinion"),
        pytest.param("The envoys were to meet on Friday or on Monday.", id="plan-with-or"),
        pytest.param(
            "The court allowed the firm nine days to appeal; its shares fell after that.", id="past-after-that"
        ),
        pytest.param("The club had better players than its rivals. It will win.", id="better-of-quality"),
        pytest.param("Drivers will finish the race without a break.", id="without-not-denied"),
        pytest.param("He waited until the end of the week.", id="until-a-time"),
        pytest.param("“Next time is better,” the coach said.", id="next-time-as-subject"),
        pytest.param("They had a week to rest before they sailed north.", id="time-to-do-a-thing"),
        pytest.param("“No rain, no wind and no waves,” the skipper said.", id="nouns-denied-in-a-list"),
        pytest.param("She would answer any letter with a card, her niece said.", id="any-that-is-no-conduct"),
    ],
)
def test_no_conditional_by_construction(text: str) -> None:
    assert conditionals(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "For the first time since the war ended, prices fell in May.",
        "The morning brought rain, and the game was called off.",
        "He will leave before the concert begins.",
        "The mayor cut the ribbon, she told reporters, and the road will open in May.",
        "You can take the bus or a taxi.",
        "He works at night, or he sleeps in the car.",
        "She bakes the bread and her brother sells it.",
        "There were ten ships to inspect, and the crews would wait.",
        "Did the club hire him? The league will say on Monday.",
        "He knows the man? I doubt it.",
        "It was simple: he writes the songs and she sings them.",
    ],
)
def test_nothing_to_condition(text: str) -> None:
    assert conditionals(text) == []


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        pytest.param("The dockers will strike unless the port has paid them before Eid.", "before Eid", id="feast"),
        pytest.param(
            "The dockers will strike unless the port pays them by the June meeting.", "by the June meeting", id="event"
        ),
        pytest.param("The dockers will strike unless the port pays them by six.", "by six", id="hour"),
        pytest.param(
            "The dockers will strike unless the port pays the wages that it withheld in October.", None, id="past"
        ),
    ],
)
def test_deadline_of_an_event(text: str, deadline: str | None) -> None:
    found = threat(text).deadline
    assert (found.text if found is not None else None) == deadline


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        pytest.param("The dockers will strike if the port goes on hiring guards.", "compellent", id="goes-on"),
        pytest.param(
            "The dockers will strike if the port either opens its gates to guards or refuses to pay.", None, id="both"
        ),
    ],
)
def test_direction_of_what_goes_on(text: str, direction: str | None) -> None:
    assert threat(text).direction == direction


def test_issuer_of_a_report_in_a_quotation() -> None:
    text = (
        "Otto Bergman called the staff in. “He said that if one word of this got out, he would sack us "
        "all,” the nurse Hanna Lind told the court."
    )
    extraction = quotekit.extract(text)
    [one] = extraction.threats
    assert [s.name for s in extraction.speakers if s.id == one.issuer_id] == ["Otto Bergman"]


def test_an_answer_to_any_act_has_two_pieces() -> None:
    found = conditionals("Ostmark would answer any raid on its ports with a raid of its own, its admiral said.")
    assert found == [(["raid on its ports"], ["Ostmark would answer", "with a raid of its own"])]


@pytest.mark.parametrize(("denied", "committed"), [("did not rule out", True), ("ruled out", False)])
def test_what_is_not_ruled_out_may_come(denied: str, committed: bool) -> None:
    text = f"The governor {denied} closing the port if the strike went on."
    (reading,) = shipped_reader().read([spacy.blank("en")(text)])
    extraction = find_speakers(reading, find_attributions(reading, find_quotes(reading, Extraction(text=text))))
    ((_, findings),) = survey_of(reading, extraction).found
    assert (findings.tests["committed"] > -4) == committed
