-- Sample polls: what an organisation asks its people. Days count from today; ballots lie between publication and the
-- end of voting, or now. The tallies are derived from the ballots.

CREATE TEMPORARY TABLE sample (
    text       text,
    language   text,
    published  interval,
    closes     interval,
    once       boolean,
    ballots    integer,
    choices    text[],
    weights    double precision[]
) ON COMMIT DROP;

INSERT INTO sample (language, text, published, closes, once, ballots, choices, weights) VALUES
('en', 'Which days should be fixed office days for the whole team?', '-2 hours', '6 days', true, 87,
    ARRAY['Tuesday and Thursday', 'Monday and Wednesday', 'Wednesday only', 'None: each team decides'],
    ARRAY[0.38, 0.17, 0.21, 0.24]),
('fr', 'Quel jour préférez-vous pour la réunion mensuelle de l’association ?', '-5 hours', '9 days', false, 64,
    ARRAY['Mardi soir', 'Jeudi soir', 'Samedi matin', 'Dimanche après-midi'],
    ARRAY[0.31, 0.36, 0.25, 0.08]),
('en', 'How was this week’s all-hands meeting?', '-20 hours', NULL, false, 212,
    ARRAY['Worth my time', 'Too long', 'Too short for questions', 'I could not attend'],
    ARRAY[0.46, 0.23, 0.19, 0.12]),
('fr', 'Faut-il ouvrir la bibliothèque municipale le dimanche ?', '-2 days', '12 days', true, 431,
    ARRAY['Oui, toute la journée', 'Oui, le matin seulement', 'Non', 'Sans opinion'],
    ARRAY[0.44, 0.29, 0.19, 0.08]),
('en', 'Which charity should receive this year’s donation?', '-4 days', '10 days', true, 318,
    ARRAY['The food bank', 'The animal shelter', 'The youth orchestra', 'The coastal rescue'],
    ARRAY[0.41, 0.22, 0.14, 0.23]),
('en', 'What should the canteen offer more often?', '-7 days', NULL, false, 503,
    ARRAY['Vegetarian dishes', 'Soups', 'Salads', 'Fish', 'Nothing: it is good as it is'],
    ARRAY[0.30, 0.14, 0.19, 0.12, 0.25]),
('fr', 'Comment venez-vous au travail le plus souvent ?', '-9 days', NULL, true, 276,
    ARRAY['À pied', 'À vélo', 'En transports en commun', 'En voiture', 'Je travaille à distance'],
    ARRAY[0.09, 0.24, 0.35, 0.21, 0.11]),
('en', 'Where should we hold the summer party?', '-16 days', '-2 days', true, 164,
    ARRAY['By the lake', 'In the old brewery', 'On the roof terrace'],
    ARRAY[0.52, 0.27, 0.21]),
('fr', 'Quel nom donner à la nouvelle salle de réunion ?', '-21 days', '-7 days', false, 139,
    ARRAY['Salle Marie Curie', 'Salle Émilie du Châtelet', 'Salle Sophie Germain', 'Salle 204'],
    ARRAY[0.33, 0.24, 0.31, 0.12]),
('en', 'Who should represent the parents on the school board?', '-30 days', '-16 days', true, 389,
    ARRAY['Amara Okafor', 'Jonas Lindqvist', 'Priya Raman'],
    ARRAY[0.37, 0.25, 0.38]),
('en', 'Which training do you need most next quarter?', '-34 days', NULL, false, 97,
    ARRAY['Data protection', 'First aid', 'Presenting to an audience', 'Project planning', 'A language course'],
    ARRAY[0.12, 0.23, 0.19, 0.17, 0.29]),
('fr', 'Le budget participatif doit-il financer la rénovation du gymnase ?', '-45 days', '-31 days', true, 742,
    ARRAY['Pour', 'Contre', 'Abstention'],
    ARRAY[0.58, 0.33, 0.09]),
('en', 'Should the sports club change its opening hours?', '-60 days', NULL, true, 158,
    ARRAY['Open an hour earlier', 'Close an hour later', 'Leave them as they are'],
    ARRAY[0.27, 0.41, 0.32]),
('en', 'Is the new website easier to use than the old one?', '-75 days', '-45 days', false, 221,
    ARRAY['Yes', 'About the same', 'No'],
    ARRAY[0.63, 0.22, 0.15]),
('en', 'Which date suits you for the winter general assembly?', '3 days', '20 days', true, 0,
    ARRAY['12 December', '19 December', '9 January'],
    ARRAY[1, 1, 1]),
('fr', 'Quelles activités souhaitez-vous pour la fête du quartier ?', '8 days', '30 days', false, 0,
    ARRAY['Un repas partagé', 'Un concert', 'Des jeux pour les enfants', 'Un vide-grenier'],
    ARRAY[1, 1, 1, 1]);

INSERT INTO question (text, language, published_at, closes_at, once)
SELECT text, language, now() + published, now() + closes, once
  FROM sample
 ORDER BY published;

INSERT INTO choice (question_id, position, text)
SELECT question.id, listed.number - 1, listed.text
  FROM sample
  JOIN question USING (text)
 CROSS JOIN LATERAL unnest(sample.choices) WITH ORDINALITY AS listed (text, number)
 ORDER BY question.id, listed.number;

-- Many vote soon after the publication, few near the end. A choice is drawn by its weight.
INSERT INTO ballot (id, question_id, choice_id, once, voter_key, cast_at, node)
SELECT drawn.id,
       drawn.question_id,
       (SELECT choice.id
          FROM choice
         WHERE choice.question_id = drawn.question_id
         ORDER BY drawn.fraction > (SELECT sum(weight)
                                      FROM unnest(drawn.weights) WITH ORDINALITY AS part (weight, number)
                                     WHERE number <= choice.position + 1),
                  choice.position
         LIMIT 1),
       drawn.once,
       CASE WHEN drawn.once THEN sha256(uuid_send(drawn.id)) END,
       drawn.cast_at,
       'development'
  FROM (SELECT gen_random_uuid() AS id, question.id AS question_id, question.once, sample.weights,
               random() AS fraction,
               question.published_at + (least(question.closes_at, now()) - question.published_at) * random() ^ 2
                   AS cast_at
          FROM sample
          JOIN question USING (text)
         CROSS JOIN LATERAL generate_series(1, sample.ballots)) AS drawn;

INSERT INTO tally (choice_id, slot, votes)
SELECT choice_id, 0, count(*)
  FROM ballot
 GROUP BY choice_id;
