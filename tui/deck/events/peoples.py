"""Countries and their peoples, so that `Peru's president` meets `Peruvian president`."""

from typing import Final

PEOPLES: Final = """
afghanistan afghan, albania albanian, algeria algerian, america american u.s usa, andorra andorran, angola angolan,
argentina argentine argentinian, armenia armenian, australia australian aussie, austria austrian, azerbaijan
azerbaijani azeri, bahamas bahamian, bahrain bahraini, bangladesh bangladeshi, barbados barbadian, belarus
belarusian, belgium belgian, belize belizean, benin beninese, bhutan bhutanese, bolivia bolivian, bosnia bosnian,
botswana botswanan, brazil brazilian, britain british uk briton, brunei bruneian, bulgaria bulgarian, burkina
burkinabe, burundi burundian, cambodia cambodian, cameroon cameroonian, canada canadian, chad chadian, chile
chilean, china chinese, colombia colombian, congo congolese, croatia croatian, cuba cuban, cyprus cypriot, czechia
czech, denmark danish, djibouti djiboutian, ecuador ecuadorian, egypt egyptian, england english, eritrea eritrean,
estonia estonian, eswatini swazi, ethiopia ethiopian, europe european eu, fiji fijian, finland finnish, france
french, gabon gabonese, gambia gambian, georgia georgian, germany german, ghana ghanaian, greece greek, grenada
grenadian, guatemala guatemalan, guinea guinean, guyana guyanese, haiti haitian, honduras honduran, hungary
hungarian, iceland icelandic, india indian, indonesia indonesian, iran iranian, iraq iraqi, ireland irish, israel
israeli, italy italian, ivory ivorian, jamaica jamaican, japan japanese, jordan jordanian, kazakhstan kazakh, kenya
kenyan, korea korean, kosovo kosovan kosovar, kuwait kuwaiti, kyrgyzstan kyrgyz, laos laotian lao, latvia latvian,
lebanon lebanese, lesotho basotho, liberia liberian, libya libyan, liechtenstein liechtensteiner, lithuania
lithuanian, luxembourg luxembourgish, madagascar malagasy, malawi malawian, malaysia malaysian, maldives maldivian,
mali malian, malta maltese, mauritania mauritanian, mauritius mauritian, mexico mexican, micronesia micronesian,
moldova moldovan, monaco monegasque, mongolia mongolian, montenegro montenegrin, morocco moroccan, mozambique
mozambican, myanmar burma burmese, namibia namibian, nauru nauruan, nepal nepali nepalese, netherlands dutch,
nicaragua nicaraguan, niger nigerien, nigeria nigerian, macedonia macedonian, norway norwegian, oman omani, pakistan
pakistani, palau palauan, palestine palestinian, panama panamanian, paraguay paraguayan, peru peruvian, philippines
philippine filipino, poland polish, portugal portuguese, qatar qatari, romania romanian, russia russian, rwanda
rwandan, samoa samoan, scotland scottish, saudi ksa, senegal senegalese, serbia serbian, seychelles seychellois,
singapore singaporean, slovakia slovak, slovenia slovenian, somalia somali, spain spanish, sudan sudanese, suriname
surinamese, sweden swedish, switzerland swiss, syria syrian, taiwan taiwanese, tajikistan tajik, tanzania tanzanian,
thailand thai, timor timorese, togo togolese, tonga tongan, tunisia tunisian, turkey turkish turkiye, turkmenistan
turkmen, tuvalu tuvaluan, uganda ugandan, ukraine ukrainian, emirates emirati uae, uruguay uruguayan, uzbekistan
uzbek, vanuatu vanuatuan, venezuela venezuelan, vietnam vietnamese, wales welsh, yemen yemeni, zambia zambian,
zimbabwe zimbabwean, africa african, asia asian
"""
"""A country or continent, how its people or language is called, and its usual short names; parted by commas.

All countries are here that one word names and whose people another word names. It is a list of the world, not of what
some folder told.
"""
