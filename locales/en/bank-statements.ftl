# What partners may say, for practice in giving it back. Nobody in here is real.

# Grade 1: one thing happened, and the feeling is named.
statement-01 = I waited at the station for two hours, and I was scared something had happened to you.
statement-02 = I found the second phone, and I felt sick.
statement-03 = When I read those messages I was so angry that I could not see straight.
statement-04 = You told your mother before you told me. That hurt.
statement-05 = I'm ashamed to go to work. Everybody there knows.
statement-06 = I was home alone with the baby and I felt completely left.
statement-07 = I opened the letter from the bank and my hands were shaking.
statement-08 = Yesterday you came home late and I got frightened all over again.
statement-09 = It makes me sad that you missed the birth.
statement-10 = You laughed about me with your friends, and I felt small.
statement-11 = I trusted you with that story. Now I feel betrayed.
statement-12 = I am tired. I have not slept a whole night since May.
statement-13 = You said you were at the gym, and I felt so stupid for believing it.
statement-14 = I felt lonely at my father's funeral because you were not there.
statement-15 = I was proud of our savings. Now I am furious.
statement-16 = When you lied about the wine again I lost hope.
statement-17 = Since you read my diary I feel unsafe in my own room.
statement-18 = I was looking forward to that trip all year, and I'm so disappointed.
statement-19 = You posted that picture without asking. I was humiliated.
statement-20 = I get nervous every time your phone lights up.
statement-21 = When your brother made fun of me and you said nothing, I felt alone.
statement-22 = I'm jealous, okay, and I hate being jealous.

# Grade 2: the feeling has to be guessed.
statement-23 = We agreed on one rule. One. And you broke it on the first weekend.
statement-24 = I checked the account three times today. Three times.
statement-25 = Our daughter asked me why I cry in the car.
statement-26 = So the whole street knew, and I was the last one.
statement-27 = I used to like our kitchen. Now I only see the place where you told me.
statement-28 = You remembered that other birthday. Mine was on Tuesday.
statement-29 = I keep going over that summer and asking which days were real.
statement-30 = I paid for that hotel. With my card. I found it on the bill.
statement-31 = My sister says I should leave. My head says it too. I'm still here.
statement-32 = You always had time for that game. I had a fever and you had a game.
statement-33 = For me is very hard to sit at this table like before.
statement-34 = I signed for that loan because you said please. I did not even read it.
statement-35 = Whenever I go into the bedroom my chest gets tight.
statement-36 = I told the children you had to work. I lied for you.
statement-37 = You promised it on grandma's grave, and then two weeks later I find the bottle.
statement-38 = People congratulate us on twenty years. I smile and go to the bathroom.
statement-39 = I gave up that job in the north for us. For what, I ask myself.
statement-40 = Whatever. I made dinner. It's in the fridge, if you even eat here.
statement-41 = I saw them at the bakery. I had to hold on to the counter.
statement-42 = You wrote things to that person that I waited years to hear.
statement-43 = I have started to read everything twice. Bills, messages, faces.
statement-44 = It was my secret to tell, and you used it for a good story.

# Grade 3: mixed feelings, or a question that is not one.
statement-45 = How can you sit there and eat? Does none of this touch you at all?
statement-46 = I miss you and I cannot stand to be in the same room with you, both at once.
statement-47 = You say it meant nothing. Then why did you risk everything for nothing?
statement-48 = Some days I think I'm over it, and then a song comes on and I'm on the floor.
statement-49 = I want to know everything, and please don't tell me.
statement-50 = You were so kind those months. Was that kindness for me, or was it a bad conscience?
statement-51 = I defended you in front of my parents. I told them they were wrong about you. They were right.
statement-52 = I'm glad you told me yourself. And I will never forget how you told me.
statement-53 = Everyone says how well you are doing. Nobody asks me how I am doing.
statement-54 = Do you even know which day it was? I do. I know what I was wearing.
statement-55 = I don't want your tears. I have enough of my own, and I have to work tomorrow.
statement-56 = I laughed yesterday, and right away I felt like a traitor to myself.
statement-57 = If you had just said you were unhappy, I would have listened. You didn't give me the chance.
statement-58 = I thought we were poor. We were not poor. You were gambling.
statement-59 = You learned to cook for somebody else. For me you could not even boil rice.
statement-60 = Part of me wants to hurt you back, and that scares me, because I was never like that.
statement-61 = It's not the money. It's that you watched me save coins for a coat.
statement-62 = I'm the one who goes to counseling, and you are the one who broke it. Explain that to me.
statement-63 = You call it one mistake. I counted. It was forty evenings.
statement-64 = Maybe I was not easy to live with last year. But I was here.
statement-65 = The kids laugh with you again, and I should be happy, and I could scream.
statement-66 = Our agreement was that nobody gets hurt in the dark. And I was the one in the dark.
