"""Names of people by their given name: common ones in Britain, of many origins.

A given name counts as a person where a surname follows it, or where the words before it speak to or
of somebody. It does not where it names a place: "Charlotte Street", "the King William pub".
"""

import re

GIVEN_NAMES = """
Aaron Abdul Abdullah Abigail Abu Adam Adebayo Adele Adrian Agnes Agnieszka Ahmed Aidan Aileen Aisha Alan
Alastair Albert Alex Alexander Alexandra Alfie Ali Alice Alicia Alison Alistair Alma Amanda Amara Amber
Amelia Amina Amir Amit Amy Ana Andrea Andrew Andy Angela Angus Anita Anna Anne Annie Anthony Antonio Arjun
Arnold Arthur Ashley Audrey Ayesha Barbara Barry Beatrice Ben Benjamin Bernadette Bernard Beryl Beth Bethany
Betty Beverley Bilal Bill Billy Blessing Bob Brandon Brenda Brendan Brian Bridget Bruce Bryan Callum Cameron
Carl Carlos Carmen Carol Caroline Catherine Cathy Cedric Charlie Charlotte Chelsea Cheryl Chidi Chinedu
Chloe Chris Christina Christine Christopher Ciara Claire Clara Clare Clive Colin Connor Courtney Craig
Crystal Curtis Cynthia Daisy Damian Daniel Danielle Danny Darren Dave David Dawn Dean Debbie Deborah Declan
Deepak Denise Dennis Derek Desmond Diana Diane Dmitri Dominic Donald Donna Doreen Doris Dorothy Douglas
Duncan Dylan Eddie Edith Edna Edward Eileen Elaine Eleanor Elena Elijah Elizabeth Ella Ellen Ellie Elliot
Elsie Emeka Emily Emma Eric Erin Esther Ethan Ethel Eugene Eva Evan Eve Evelyn Ewa Faith Fatima Fatma Faye
Femi Fergus Fiona Florence Frances Francis Frank Fred Freddie Freya Gareth Gary Gavin Gemma Geoff Geoffrey
George Georgia Georgina Gerald Geraldine Gerard Gillian Gladys Glen Glenn Gloria Gordon Grace Graham Grant
Greg Gregory Gurpreet Gwen Gwyneth Haider Hamza Hannah Hans Harjit Harold Harpreet Harriet Harry Hassan
Hayley Hazel Heather Heidi Helen Henry Hilary Hilda Holly Howard Hugh Hugo Hussain Hussein Iain Ian Ibrahim
Idris Imran Ingrid Irene Iris Isaac Isabel Isabella Isla Ivan Ivy Jack Jackie Jackson Jacob Jacqueline Jade
Jake James Jamie Jan Jane Janet Janice Jasmine Jason Javed Jay Jayden Jean Jeff Jeffrey Jennifer Jenny
Jeremy Jerome Jess Jessica Jill Jim Jimmy Jo Joan Joanna Joanne Joe Joel John Johnny Jonathan Jordan Jose
Joseph Josephine Josh Joshua Joyce Juan Judith Judy Julia Julian Julie June Justin Kamal Karen Karl Kate
Katherine Kathleen Kathryn Kathy Katie Kay Kayleigh Keith Kelly Ken Kenneth Kerry Kevin Khadija Khalid
Kieran Kim Kirsty Krystyna Kumar Kwame Kyle Lakshmi Lauren Laura Lawrence Leah Lee Leon Leonard Leroy Leslie
Lesley Lewis Liam Lilian Lily Linda Lindsay Lisa Liz Lorna Lorraine Louis Louise Lucas Lucy Luke Lydia Lynn
Lynne Mabel Magda Malcolm Malik Mandy Marcus Marek Margaret Maria Mariam Marian Marie Marilyn Marion
Marjorie Mark Marlon Martha Martin Mary Mateusz Matthew Maureen Maurice Mavis Max Maya Megan Mehmet Melanie
Melissa Mercy Michael Michelle Mick Miguel Mike Mildred Millie Miriam Mo Mohamed Mohammad Mohammed Moira
Molly Monica Morag Moses Muhammad Muriel Musa Mustafa Myra Nadia Nancy Naomi Natalie Natasha Nathan Neil Nia
Nicholas Nick Nicola Nigel Nina Noah Noel Nora Noreen Norma Norman Olga Olive Oliver Olivia Olu Oluwaseun
Omar Oscar Owen Pamela Pat Patricia Patrick Paul Paula Pauline Pawel Pearl Pedro Peggy Penny Peter Phil
Philip Phillip Phoebe Phyllis Piotr Poppy Precious Priya Rachel Raj Rajesh Ralph Ramesh Raymond Rebecca
Reece Reg Reginald Rhys Ricardo Richard Rita Rob Robert Roberta Robin Rodney Roger Ron Ronald Ronnie Rory
Rosa Rosemary Rosie Ross Roy Ruby Rupert Russell Ruth Ryan Sabrina Sadie Said Saira Sally Sam Samantha Samir
Samuel Sandra Sanjay Sara Sarah Saskia Sasha Scott Sean Sebastian Sergei Seun Shah Shane Shannon Sharon
Shaun Shazia Sheila Shelley Shirley Sian Sidney Simon Siobhan Sofia Sonia Sophia Sophie Stacey Stan Stanley
Stefan Stella Stephanie Stephen Steve Steven Stewart Stuart Sue Suleiman Sunita Suresh Susan Suzanne
Svetlana Sylvia Tamara Tania Tanya Tara Tariq Ted Terence Teresa Terry Tess Thelma Theo Theresa Thomas Tim
Timothy Tina Toby Todd Tom Tomasz Tommy Tony Tracey Tracy Trevor Tunde Tyler Tyrone Uzma Valerie Vanessa
Vera Vernon Veronica Vic Victor Victoria Vijay Vikram Vincent Viola Violet Vivian Walter Wanda Warren Wayne
Wendy Wilfred Will William Winifred Winston Yasmin Yusuf Yvonne Zac Zachary Zahra Zainab Zara Zoe
"""

_GIVEN = "(?:" + "|".join(sorted(GIVEN_NAMES.split(), key=len, reverse=True)) + ")"
_PLACE = (
    r"(?i:road|rd|street|st|lane|ln|avenue|ave|close|way|hill|grove|terrace|place|gardens?|drive|crescent"
    r"|square|court|house|park|school|academy|college|primary|infants?|hospital|church|chapel|pub|inn|arms"
    r"|head|tavern|hotel|hall|lodge|green|common|fields?|meadows?|woods?|bridge|station|estate|centre|library"
    r"|surgery|caf[e\u00e9]|shops?|stores?|row|mews|walk|rise|vale|view|villas?|buildings?|tower|point|wharf"
    r"|yard|parade|passage|alley|farm(?:house)?|cottages?|barn|roundabout|cemetery|statue|memorial|theatre"
    r"|market|lock|brook|pond|focus|express|allotments?|branch|stop|flats|trust|foundation|palace|turning"
    r"|car wash|wash|homes|estates?|property|lettings|ltd|pontlarge|hospice|playground|pools?|bakery)"
)
_SURNAME = r"(?:(?:Mc|Mac|O['\u2019]|De|Van )?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)\b"
_NO_PLACE = rf"(?!['\u2019]?s?[ \t]+(?:{_SURNAME}[ \t]+){{0,2}}{_PLACE}\b)(?!['\u2019]?s\b)"
_HONOURED = "St|Saint|Queen|King|Sir|Lord|Lady|Prince|Princess|Princes"
_NOT_AFTER = "".join(rf"(?<!{title} )" for title in _HONOURED.split("|")) + r"(?<!\[)"
FULL_NAME = re.compile(
    rf"{_NOT_AFTER}\b{_GIVEN}\b{_NO_PLACE}[ \t]+(?:[A-Z]\.?[ \t]+)?(?!{_PLACE}\b){_SURNAME}"
    rf"(?:[ \t]+(?!{_PLACE}\b){_SURNAME})?{_NO_PLACE}"
)
"""A given name with its surname."""

_SPEAKS = (
    r"(?i:spoke (?:to|with)|speak (?:to|with)|talked? (?:to|with)|ask(?:ed)? for|contact|it was|it is|its"
    r"|it['\u2019]s|this is|i am|i['\u2019]?m|name is|called|named|signed|from|by|told|saw|know|neighbou?r"
    r"|caretaker|my (?:son|daughter|wife|husband|partner|friend|mate|boss|boy|girl)"
    r"|(?:his|her) (?:son|daughter|wife|husband))"
)
GIVEN_NAME = re.compile(
    rf"(?P<keep>\b{_SPEAKS}[,:]?[ \t]+)(?!Reg\b|Will\b|May\b|Crystal\b|Holly\b|Ivy\b)"
    rf"{_GIVEN}\b{_NO_PLACE}"
)
"""A given name alone, after words that speak to or of somebody."""

SIGNED = re.compile(
    r"(?P<keep>\b(?i:(?:kind |best |warm |many )?regards|yours (?:sincerely|faithfully|truly)|signed|from"
    r"|many thanks|thanks|cheers)[,.!\s]{1,4})"
    rf"(?:(?:[A-Z]\.[ \t]?){{1,2}}[ \t]*{_SURNAME}|{_GIVEN}[ \t]+[A-Z]\.?[ \t]+{_SURNAME})"
    r"(?=[\s.!]*(?:$|\n|\[))"
)
"""Initials and a surname at the end of a message."""

GIVEN_AT = re.compile(
    rf"{_NOT_AFTER}\b{_GIVEN}(?=(?i:,? (?:at|from|in) (?:\[address\]|the (?:garage|flat|house))))"
)
"""A given name told with where its bearer lives."""


def hide_names(text: str, token: str = "[name]") -> str:
    """The text with people's names, as far as they are common ones, replaced by ``token``."""
    safe = SIGNED.sub(lambda m: m["keep"] + token, text)
    safe = FULL_NAME.sub(token, safe)
    safe = GIVEN_AT.sub(token, safe)
    return GIVEN_NAME.sub(lambda m: m["keep"] + token, safe)
