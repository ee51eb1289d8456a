/** Passwords of eight characters and more that head every published list of leaked ones, in lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `00000000 000000000 0000000000 11111111 111111111 1111111111 11223344 112233445566 12121212 123123123 1234567a 12341234
  12344321 12345678 123456789 1234567890 12345678910 123456789a 123456abc 123456789q 12345qwert 123qweasd 123qweasdzxc
  147258369 159357456 1a2b3c4d 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 22222222 33333333 44444444 55555555
  66666666 77777777 78945612 789456123 87654321 88888888 987654321 9876543210 99999999 a1234567 a12345678 a123456789
  aa123456 aaaaaaaa abc12345 abc123456 abc123abc abcd1234 abcdefgh access14 admin123 admin1234 admin12345 administrator
  alexander alexandra anthony1 asdasdasd asdf1234 asdfasdf asdfghjk asdfghjkl babygirl baseball basketball bismillah
  blink182 butterfly changeit changeme changeme1 changeme123 charlie1 chocolate christian computer consumer corvette
  courtney cristina danielle december default1 dragon123 einstein elephant elizabeth estrella evangelion fernando
  firebird flower123 football football1 friends1 fuckyou1 fullmetal garfield gateway1 hello123 helloworld hellokitty
  iloveyou iloveyou1 iloveyou2 internet jennifer jonathan jordan23 kingdom1 kristina langkawi letmein1 letmein123
  liverpool liverpool1 lovelove lovely123 loveme123 manchester marlboro maverick mercedes metallica michelle michael1
  midnight mitsubishi monkey123 motorola mustang1 myspace1 naruto123 newpass1 nicholas october1 onepiece p@ssw0rd
  p@ssword pa$$w0rd pa55word pa55w0rd passw0rd passw0rd1 password password! password0 password01 password1 password11
  password12 password123 password1234 password2 passwort passwort1 patricia princess princess1 q1w2e3r4 q1w2e3r4t5
  qazwsx123 qazwsxedc qqww1122 qwer1234 qwerasdf qwerqwer qwert123 qwert12345 qwerty12 qwerty123 qwerty1234 qwerty12345
  qwertyui qwertyuiop rainbow1 rebecca1 remember richard1 sakura123 samantha scorpion september shadow12 snoopy123
  spiderman starwars steelers stephanie strawberry sunshine sunshine1 superman superman1 superstar swordfish sunflower
  test1234 test12345 testtest thomas123 thunder1 trustno1 undertaker username veronica victoria voldemort welcome1
  welcome123 whatever william1 wordpass yagura123 yugioh123 zaq12wsx zaq1zaq1 zxcvbnm1 zxcvbnm123 zxcvbnm, zxcvbnm,.`
    .split(/\s+/)
    .filter(Boolean),
);
