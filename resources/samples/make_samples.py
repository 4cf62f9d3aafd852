"""Write the sample PDFs beside this file. All of it is fiction, and every page says so.

Run it with the `dev` extra installed: `python resources/samples/make_samples.py`. The result is
the same bytes each time, so that the samples' ids stay.
"""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

HERE = Path(__file__).parent
FICTION = "Fictional sample document. All names, places and figures are invented."
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=12, leading=18, spaceAfter=9)
CLAUSE = ParagraphStyle("clause", parent=BODY, leftIndent=6 * mm)
HEADING = ParagraphStyle(
    "heading", fontName="Helvetica-Bold", fontSize=12, leading=16, spaceBefore=10, spaceAfter=5
)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=18, leading=24, spaceAfter=14)
NARROW = ParagraphStyle(
    "narrow", parent=BODY, fontSize=10, leading=13, hyphenationLang="", spaceAfter=6
)


def flowables(text: str, body: ParagraphStyle = BODY) -> list[Flowable]:
    """Lines of a small mark-up: “# ” a title, “## ” a heading, “- ” an item, “---” a page break."""
    made: list[Flowable] = []
    for block in text.strip().split("\n\n"):
        line = " ".join(block.split())
        if line == "---":
            made.append(PageBreak())
        elif line.startswith("# "):
            made.append(Paragraph(line[2:], TITLE))
        elif line.startswith("## "):
            made.append(Paragraph(line[3:], HEADING))
        elif line.startswith("- "):
            made.append(Paragraph(line[2:], CLAUSE))
        else:
            made.append(Paragraph(line, body))
    return made


def write(
    name: str, header: str, story: list[Flowable], *, columns: int = 1, roman_pages: int = 0
) -> None:
    """One PDF with running header and footer; the first `roman_pages` pages are i, ii …."""

    def furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
        number = canvas.getPageNumber()
        roman = ["i", "ii", "iii", "iv", "v"]
        label = roman[number - 1] if number <= roman_pages else str(number - roman_pages)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(22 * mm, 285 * mm, header)
        canvas.drawRightString(188 * mm, 285 * mm, FICTION)
        canvas.drawCentredString(105 * mm, 12 * mm, label)
        if number == 1 and roman_pages:
            canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
            canvas.addPageLabel(roman_pages, style="ARABIC", start=1)

    width, gap = 166 * mm, 8 * mm
    column = (width - gap * (columns - 1)) / columns
    frames = [
        Frame(22 * mm + i * (column + gap), 20 * mm, column, 258 * mm, 0, 0, 0, 0)
        for i in range(columns)
    ]
    document = BaseDocTemplate(
        str(HERE / name), pagesize=A4, title=header, author="Desktop RAG", subject=FICTION
    )
    document.addPageTemplates(PageTemplate("page", frames, onPage=furniture))
    document.build(story)


def write_scan(name: str, lines: list[str]) -> None:
    """A page that holds a picture of text and no text, a little crooked and grey as faxes are."""
    width, height = 1654, 2339  # A4 at 200 dots an inch
    page = Image.new("L", (width, height), 246)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=34)
    for number, line in enumerate(lines):
        draw.text((170, 200 + 62 * number), line, fill=40, font=font)
    page = page.rotate(0.6, fillcolor=246, resample=Image.Resampling.BICUBIC)
    page = page.filter(ImageFilter.GaussianBlur(0.6))
    packed = io.BytesIO()
    page.save(packed, "JPEG", quality=60)
    canvas = Canvas(str(HERE / name), pagesize=A4, invariant=1)
    canvas.setTitle("Fax of a laboratory report")
    canvas.setSubject(FICTION)
    packed.seek(0)
    canvas.drawImage(ImageReader(packed), 0, 0, *A4)
    canvas.showPage()
    canvas.save()


LEASE = """
# Lease of Commercial Premises

Harbour Estates Holding, of 4 Quay Street, Port Ellery (the “Landlord”), and Marlow and Finch
Bookbinders, of 17 Tanner Row, Port Ellery (the “Tenant”), agree to this lease of the ground floor
and cellar of 17 Tanner Row (the “Premises”).

Dated 3 March 2021.

---

## Contents

1. Term. 2. Rent. 3. Deposit. 4. Use of the Premises. 5. Repairs. 6. Insurance. 7. Termination.
8. Assignment and subletting. 9. Notices. 10. Disputes.

---

## 1. Term

1.1 Length. The lease begins on 1 April 2021 and runs for ten years, until 31 March 2031.

1.2 Renewal. The Tenant may renew the lease once, for five further years, by written notice given
no later than nine months before the end of the term. The rent of the renewed term is the market
rent, found by a surveyor whom both parties name.

## 2. Rent

2.1 Amount. The yearly rent is 38,400 crowns, payable in twelve equal instalments of 3,200 crowns.

2.2 Due date. Each instalment is due on the fifth working day of the month. An instalment that is
more than ten days late bears interest at four per cent above the base rate of the Bank of Ellery.

2.3 Review. The rent is reviewed on 1 April 2024, 1 April 2027 and 1 April 2030. It rises by the
change of the national price index since the last review, and never by more than six per cent at
one review. It never falls.

2.4 Service charge. The Tenant pays one third of the cost of keeping the roof, the common stairs
and the yard, upon an account that the Landlord renders by the end of May for the year before. The
Tenant may inspect the vouchers for eight weeks after it receives the account.

## 3. Deposit

3.1 Amount. The Tenant pays a deposit of 9,600 crowns before it receives the keys.

3.2 Holding. The Landlord keeps the deposit in an account apart from its own money and does not
charge it. The interest belongs to the Tenant.

3.3 Return. The Landlord returns the deposit within forty-five days after the Tenant has given the
Premises back, less the cost of repairs that the Tenant owed and did not make. The Landlord sends
an account of every deduction with the receipts.

## 4. Use of the Premises

4.1 Permitted use. The Premises serve as a bookbinding workshop with a shop. Any other use needs
the Landlord's written consent, which it may not refuse without good reason.

4.2 Hours. Machines louder than sixty decibels at the yard wall are run only between eight in the
morning and six in the evening, and not on Sundays or public holidays.

4.3 Solvents. The Tenant keeps no more than twenty litres of flammable solvent on the Premises, in
a steel cabinet that meets the fire officer's rules.

## 5. Repairs

5.1 Landlord. The Landlord keeps the roof, the outer walls, the foundations and the main pipes in
repair, and begins urgent repairs within three working days after it is told of the defect.

5.2 Tenant. The Tenant keeps the inside, the shop windows and the heating in repair, and has the
boiler serviced once a year by a registered engineer.

5.3 Alterations. The Tenant makes no structural alteration without the Landlord's consent in
writing. Shelves, lighting and machines may be installed without it, and may be taken away at the
end of the lease if the damage is made good.

## 6. Insurance

6.1 Building. The Landlord insures the building against fire, storm, flood and burst pipes for its
full cost of rebuilding.

6.2 Contents. The Tenant insures its stock and machines, and carries liability insurance of at
least 2,000,000 crowns for each event.

6.3 Suspension of rent. If fire or flood makes the Premises unusable, no rent is due until they
can be used again. If they cannot be rebuilt within twelve months, either party may end the lease.

## 7. Termination

7.1 Notice by the Tenant. The Tenant may end this lease on 31 March of any year from 2024 on by
giving the Landlord sixty (60) days' written notice. Rent is owed for the whole of the notice
period, whether or not the Premises are occupied during it.

7.2 Notice by the Landlord. The Landlord may not end the lease before its term, except under
clause 7.3 or clause 6.3.

7.3 Breach. Either party may end the lease at once if the other commits a serious breach and does
not mend it within thirty days after a written warning. Two months' unpaid rent is a serious breach.

7.4 Handing back. At the end of the lease the Tenant gives the Premises back clean, empty of its
goods and in the state in which repairs under clause 5.2 keep them. Keys that are not returned cost
150 crowns each.

## 8. Assignment and subletting

8.1 Assignment. The Tenant may assign the lease as a whole with the Landlord's written consent.

8.2 Subletting. The Tenant may sublet up to one half of the floor area to a craftsman in a related
trade without consent, after telling the Landlord the name of the subtenant fourteen days before.
The Tenant remains liable for the whole rent.

## 9. Notices

9.1 Form. A notice under this lease is in writing, signed, and delivered by hand or by recorded
post to the address at the head of this lease. A notice by electronic mail is not valid.

9.2 Time. A notice sent by recorded post counts as received on the third working day after posting.

## 10. Disputes

10.1 Mediation. The parties try to settle a dispute before a mediator of the Port Ellery Chamber of
Trade before they go to court. If that fails within six weeks, the courts of Port Ellery decide.

10.2 Law. The law of Ellery governs this lease.
"""

SERVICES = """
# Services Contract

between Northgate Data Services (the “Provider”) and the Ellery Harbour Authority (the “Client”),
dated 14 September 2022.

## 1. Services

1.1 Scope. The Provider operates the Client's berth booking system and its help desk, as set out in
Schedule A.

1.2 Availability. The booking system is available for 99.5 per cent of each calendar month, planned
maintenance not counted. Planned maintenance happens on Sundays between two and five in the morning
and is announced five working days before.

1.3 Response times. The Provider answers a report of a complete outage within thirty minutes and
restores the service within four hours. Other defects are answered within one working day.

## 2. Fees

2.1 Monthly fee. The Client pays 11,750 crowns a month within thirty days after it receives the
invoice.

2.2 Service credits. For each full half per cent by which availability falls short in a month, the
fee of that month is reduced by five per cent, up to a quarter of the fee.

2.3 Adjustment. The Provider may raise the fee once a year by no more than the national price
index, upon three months' written notice.

## 3. Confidentiality

3.1 Duty. Each party keeps secret what it learns of the other's business, uses it for this contract
alone, and shows it only to staff and advisers who need it and are bound in the same way.

3.2 Exceptions. The duty does not cover what is public, what the party knew before, what it
developed on its own, or what a court orders it to disclose.

3.3 Duration. The duty lasts for five years after the contract ends. For trade secrets it lasts as
long as they are secret.

## 4. Data protection

4.1 Place. Personal data of the Client's customers is stored and processed within Ellery only.

4.2 Breach. The Provider tells the Client of any breach of personal data within twenty-four hours
after it learns of it, and names the data, the persons and the steps taken.

4.3 Deletion. Within thirty days after the contract ends the Provider returns all data in an open
format and deletes its copies. Backups are overwritten within ninety days.

## 5. Liability

5.1 Cap. The liability of each party in a contract year is limited to the fees of that year.

5.2 No cap. The cap does not apply to intent, gross negligence, injury to persons, or a breach of
clause 3 or clause 4.

5.3 Lost profit. Neither party is liable for lost profit of the other.

## 6. Term and termination

6.1 Term. The contract begins on 1 October 2022 and runs for three years. It is then renewed for
one year at a time unless a party gives notice six months before the end.

6.2 For cause. The Client may end the contract at once if availability falls below 97 per cent in
two months of any six, or if the Provider becomes insolvent.

6.3 Step-in. After a notice of termination the Provider helps the Client or its new provider for up
to four months at its usual daily rate of 980 crowns.

## 7. Subcontractors

7.1 Consent. The Provider uses no subcontractor without the Client's written consent. Consent for
the data centre of Coldharbour Hosting is given.

## 8. Governing law

8.1 Law and court. The law of Ellery applies; the courts of Port Ellery are competent.
"""

GUIDELINE = """
# Clinical Guideline: Community-Acquired Pneumonia in Adults

Ellery Regional Hospital, Department of Medicine. Version 4, valid from 1 January 2024. This is an
invented guideline for testing a program. Do not treat anybody by it.

## Summary of recommendations

Assess severity with the CRB-65 score. Treat low-risk patients at home with oral amoxicillin. Give
the first dose within four hours of diagnosis. Review all treatment after 48 hours.

## 1. Assessment

One point is given for each of: new confusion; respiratory rate of 30 a minute or more; systolic
blood pressure below 90 mmHg or diastolic of 60 mmHg or less; age of 65 years or more.

A score of 0 means low risk: the patient can be treated at home. A score of 1 or 2 means
intermediate risk: consider admission. A score of 3 or 4 means high risk: admit urgently and ask
the intensive care team for advice.

Oxygen saturation below 92 per cent on air is a reason for admission whatever the score.

## 2. Investigations

- Low risk: none is needed as a routine.

- Intermediate risk: chest radiograph, full blood count, urea, electrolytes and C-reactive protein.

- High risk: the same, and blood cultures before the first antibiotic, with urine antigens for
pneumococcus and Legionella.

## 3. Antibiotic treatment

## 3.1 Low risk

Amoxicillin 500 mg by mouth three times a day for five days. In penicillin allergy give doxycycline
200 mg on the first day, then 100 mg once a day for four days.

## 3.2 Intermediate risk

Amoxicillin 1 g by mouth three times a day together with clarithromycin 500 mg twice a day, for
five days. In penicillin allergy give levofloxacin 500 mg once a day.

## 3.3 High risk

Co-amoxiclav 1.2 g intravenously three times a day with clarithromycin 500 mg intravenously twice a
day. Change to oral treatment when the temperature has been below 38 °C for 24 hours and the
patient can swallow. The total course is seven days.

Clarithromycin must not be given together with simvastatin: stop the statin for the duration of the
course. Check the QT interval before clarithromycin or levofloxacin.

## 4. Renal impairment

If creatinine clearance is below 30 ml/min, reduce amoxicillin to 500 mg twice a day and
clarithromycin to 250 mg twice a day. Levofloxacin is given as 500 mg once, then 250 mg every 48
hours. Doxycycline needs no change.

## 5. Pregnancy

Do not give doxycycline, levofloxacin or clarithromycin in pregnancy. Amoxicillin is safe; in
penicillin allergy give erythromycin 500 mg four times a day and speak to the microbiologist.

## 6. Follow-up

See the patient again at six weeks. Repeat the chest radiograph then in smokers and in everybody
over 50 years. Offer vaccination against pneumococcus and influenza. Tell the patient that the
cough may last for six weeks and tiredness for three months.

## 7. Audit

The ward audits every quarter: first dose within four hours (target 90 per cent), severity score
written down (target 95 per cent), and blood cultures before antibiotics in high risk (target 85
per cent).
"""

DISCHARGE = """
# Discharge Letter

Ellery Regional Hospital, Ward 6B. To: Dr. A. Pell, Tanner Row Surgery, Port Ellery.

Patient: Mrs. Odile Varga, born 12 May 1951. Hospital number 40-7718-3. Admitted 2 February 2024,
discharged 9 February 2024.

## Diagnoses

Community-acquired pneumonia of the right lower lobe (J18.1), CRB-65 score 2. Type 2 diabetes
mellitus (E11.9). Atrial fibrillation, long-standing (I48.2). Chronic kidney disease, stage 3.

## History

Mrs. Varga came with four days of cough, fever up to 39.2 °C and pain on the right side when
breathing. She had no recent travel. She does not smoke. She is allergic to penicillin: a rash with
swelling of the face in 1998.

## Findings

Respiratory rate 26 a minute, blood pressure 104/58 mmHg, oxygen saturation 90 per cent on air.
C-reactive protein 214 mg/l, white cells 16.8, creatinine 128 µmol/l. The chest radiograph showed
consolidation of the right lower lobe with a small effusion. Blood cultures stayed sterile.

## Course

Because of the allergy she received levofloxacin 500 mg once a day for seven days, and oxygen for
three days. The fever settled on the third day. The effusion was too small to be tapped. Blood
glucose rose to 17 mmol/l under stress and came down with a correction scheme of insulin, which was
stopped before discharge. The INR rose to 4.6 under levofloxacin; warfarin was paused for two days
and restarted at a lower dose.

## Medication on discharge

Warfarin 3 mg once a day (before admission 4 mg). Metformin 500 mg twice a day. Bisoprolol 2.5 mg
once a day. Ramipril was stopped because of low blood pressure and is to be reviewed by you.

## Please

Check the INR on 12 February and weekly until it is stable; the target is 2.0 to 3.0. Check
creatinine and potassium in two weeks and decide on ramipril. A chest radiograph is booked for 22
March 2024 in our department. She should receive the pneumococcal vaccine at your surgery.

Dr. J. Hallam, Senior Registrar
"""

BULLETIN_LEFT = """
## Water quality in the Port Ellery basin

The Harbour Laboratory took samples at four stations between May and October 2023. Each sta-<br/>
tion was visited every second week. Temperature and dissolved oxygen were measured on the spot;
nitrate, phosphate and faecal coliforms were found in the laboratory within six hours.

Station B, at the mouth of the tannery canal, exceeded the bathing limit of 250 colonies in 100 ml
on five of twelve visits, each time within two days after heavy rain. The other stations never did.

The cause is the old storm overflow at Tanner Row, which opens when more than twelve milli-<br/>
metres of rain fall in an hour. Closing it would cost an estimated 640,000 crowns.

## Oxygen

Dissolved oxygen stayed above six milligrams a litre at stations A, C and D. At station B it fell
to 3.8 milligrams on 17 August 2023, after nine days without wind. No dead fish were reported.
"""

BULLETIN_RIGHT = """
## Advice to bathers

Do not bathe at the canal mouth for forty-eight hours after heavy rain. Signs in three languages
will stand there from May 2024. Children under six and people with open wounds should use the east
beach, where no limit was exceeded.

## Next steps

The Authority decides on the overflow in June 2024. Until then the laboratory will sample sta-<br/>
tion B every week and publish the counts within three days.
"""


def bulletin() -> list[Flowable]:
    """Two columns with a table between the texts."""
    rows = [
        ["Station", "Place", "Median", "Highest"],
        ["A", "East beach", "38", "120"],
        ["B", "Canal mouth", "190", "1,450"],
        ["C", "Fish quay", "71", "210"],
        ["D", "Lighthouse", "22", "95"],
    ]
    table = Table(rows, colWidths=[16 * mm, 26 * mm, 17 * mm, 19 * mm])
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.4, "black"), ("FONTSIZE", (0, 0), (-1, -1), 9)])
    caption = Paragraph("Table 1. Faecal coliforms, colonies in 100 ml, 2023.", NARROW)
    return [
        *flowables(BULLETIN_LEFT, NARROW),
        caption,
        table,
        Spacer(1, 6 * mm),
        *flowables(BULLETIN_RIGHT, NARROW),
    ]


FAX = [
    "FICTIONAL SAMPLE DOCUMENT - all names and figures are invented",
    "",
    "Ellery Regional Laboratory              Fax, 12 February 2024",
    "",
    "Patient: Odile Varga        Born: 12 May 1951",
    "Sample taken: 12 February 2024, 08:40",
    "",
    "INR                     2.4      (target 2.0 to 3.0)",
    "Haemoglobin             118 g/l",
    "Creatinine              121 umol/l",
    "Potassium               4.9 mmol/l",
    "",
    "Comment: The INR is within the target range.",
    "Please repeat the INR in one week.",
    "",
    "Dr. M. Osei, Clinical Chemistry",
]


def main() -> None:
    """Write all samples."""
    rl_config.invariant = 1
    write("Lease 2021.pdf", "Lease of 17 Tanner Row", flowables(LEASE), roman_pages=2)
    write("Services contract.pdf", "Services contract, berth booking", flowables(SERVICES))
    write("Pneumonia guideline.pdf", "Pneumonia guideline", flowables(GUIDELINE))
    write("Discharge letter.pdf", "Discharge letter", flowables(DISCHARGE))
    write("Water bulletin.pdf", "Water bulletin 2023", bulletin(), columns=2)
    write_scan("Laboratory fax.pdf", FAX)


if __name__ == "__main__":
    main()
