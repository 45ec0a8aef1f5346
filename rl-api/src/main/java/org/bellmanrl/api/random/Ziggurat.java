package org.bellmanrl.api.random;

/**
 * Draws from the normal and the exponential distribution by ziggurats: 256 layers of equal area
 * under exp(-x^2/2) and exp(-x), with layer 0 holding the base strip and the tail.
 *
 * <p>For layer i with right edge x[i], {@code WIDTH[i] = x[i] / 2^b}, {@code HEIGHT[i] = f(x[i])}
 * and {@code INSIDE[i] = x[i-1] / x[i] * 2^b}: a b-bit integer below {@code INSIDE[i]} times {@code
 * WIDTH[i]} lies under the curve whatever its height. Layer 0 is as wide as a rectangle of the same
 * area under the base height would be. b is 52 for the normal and 53 for the exponential
 * distribution. The recurrence is Marsaglia and Tsang's, "The Ziggurat Method for Generating Random
 * Variables" (2000). Values are stored, not computed: NumPy's normal layers carry the accumulated
 * rounding of whatever first computed them (relative errors up to about 1e-14), which an exact
 * evaluation does not give back, and these streams must equal NumPy's bit for bit.
 */
final class Ziggurat {
  /** Where the normal distribution's tail begins. */
  static final double NORMAL_TAIL = 3.654152885361009;

  /** The reciprocal of {@link #NORMAL_TAIL}, as NumPy rounds it. */
  static final double NORMAL_TAIL_INVERSE = 0.2736612373297583;

  /** Where the exponential distribution's tail begins. */
  static final double EXPONENTIAL_TAIL = 7.69711747013105;

  /** Integers below this are inside; 52 bits. */
  static final long[] NORMAL_INSIDE = {
    0xef33d8025ef6aL, 0x0L, 0xc08be98fbc6a8L, 0xda354fabd8142L,
    0xe51f67ec1eeeaL, 0xeb255e9d3f77eL, 0xeef4b817ecab9L, 0xf19470afa44aaL,
    0xf37ed61ffcb18L, 0xf4f469561255cL, 0xf61a5e41ba396L, 0xf707a755396a4L,
    0xf7cb2ec28449aL, 0xf86f10c6357d3L, 0xf8fa6578325deL, 0xf9724c74dd0daL,
    0xf9da907dbf509L, 0xfa360f581fa74L, 0xfa86fde5b4bf8L, 0xfacf160d354dcL,
    0xfb0fb6718b90fL, 0xfb49f8d5374c6L, 0xfb7ec2366fe77L, 0xfbaece9a1e50eL,
    0xfbdab9d040bedL, 0xfc03060ff6c57L, 0xfc2821037a248L, 0xfc4a67ae25bd1L,
    0xfc6a2977aee31L, 0xfc87aa92896a4L, 0xfca325e4bde85L, 0xfcbcce902231aL,
    0xfcd4d12f839c4L, 0xfceb54d8fec99L, 0xfd007bf1dc930L, 0xfd1464dd6c4e6L,
    0xfd272a8e2f450L, 0xfd38e4ff0c91eL, 0xfd49a9990b478L, 0xfd598b8920f53L,
    0xfd689c08e99ecL, 0xfd76ea9c8e832L, 0xfd848547b08e8L, 0xfd9178bad2c8cL,
    0xfd9dd07a7add2L, 0xfda9970105e8cL, 0xfdb4d5dc02e20L, 0xfdbf95c5bfcd0L,
    0xfdc9debb99a7dL, 0xfdd3b8118729dL, 0xfddd288342f90L, 0xfde6364369f64L,
    0xfdeee708d514eL, 0xfdf7401a6b42eL, 0xfdff46599ed40L, 0xfe06fe4bc24f2L,
    0xfe0e6c225a258L, 0xfe1593c28b84cL, 0xfe1c78cbc3f99L, 0xfe231e9db1caaL,
    0xfe29885da1b91L, 0xfe2fb8fb54186L, 0xfe35b33558d4aL, 0xfe3b799d0002aL,
    0xfe410e99ead7fL, 0xfe46746d47734L, 0xfe4bad34c095cL, 0xfe50baed29524L,
    0xfe559f74ebc78L, 0xfe5a5c8e41212L, 0xfe5ef3e138689L, 0xfe6366fd91078L,
    0xfe67b75c6d578L, 0xfe6be661e11aaL, 0xfe6ff55e5f4f2L, 0xfe73e5900a702L,
    0xfe77b823e9e39L, 0xfe7b6e37070a2L, 0xfe7f08d774243L, 0xfe8289053f08cL,
    0xfe85efb35173aL, 0xfe893dc840864L, 0xfe8c741f0cebcL, 0xfe8f9387d4ef6L,
    0xfe929cc879b1dL, 0xfe95909d388eaL, 0xfe986fb939aa2L, 0xfe9b3ac714866L,
    0xfe9df2694b6d5L, 0xfea0973abe67cL, 0xfea329cf166a4L, 0xfea5aab32952cL,
    0xfea81a6d5741aL, 0xfeaa797de1cf0L, 0xfeacc85f3d920L, 0xfeaf07865e63cL,
    0xfeb13762fec13L, 0xfeb3585fe2a4aL, 0xfeb56ae3162b4L, 0xfeb76f4e284faL,
    0xfeb965fe62014L, 0xfebb4f4cf9d7cL, 0xfebd2b8f449d0L, 0xfebefb16e2e3eL,
    0xfec0be31ebde8L, 0xfec2752b15a15L, 0xfec42049dafd3L, 0xfec5bfd29f196L,
    0xfec75406ceef4L, 0xfec8dd2500cb4L, 0xfeca5b6911f12L, 0xfecbcf0c427feL,
    0xfecd38454fb15L, 0xfece97488c8b3L, 0xfecfec47f91b7L, 0xfed1377358528L,
    0xfed278f844903L, 0xfed3b10242f4cL, 0xfed4dfbad586eL, 0xfed605498c3ddL,
    0xfed721d414fe8L, 0xfed8357e4a982L, 0xfed9406a42cc8L, 0xfeda42b85b704L,
    0xfedb3c8746ab4L, 0xfedc2df416652L, 0xfedd171a46e52L, 0xfeddf813c8ad3L,
    0xfeded0f909980L, 0xfedfa1e0fd414L, 0xfee06ae124bc4L, 0xfee12c0d95a06L,
    0xfee1e579006e0L, 0xfee29734b6524L, 0xfee34150ae4bcL, 0xfee3e3db89b3cL,
    0xfee47ee2982f4L, 0xfee51271db086L, 0xfee59e9407f41L, 0xfee623528b42eL,
    0xfee6a0b5897f1L, 0xfee716c3e077aL, 0xfee7858327b82L, 0xfee7ecf7b06baL,
    0xfee84d2484ab2L, 0xfee8a60b66343L, 0xfee8f7accc851L, 0xfee94207e25daL,
    0xfee9851a829eaL, 0xfee9c0e13485cL, 0xfee9f557273f4L, 0xfeea22762ccaeL,
    0xfeea4836b42acL, 0xfeea668fc2d71L, 0xfeea7d76ed6faL, 0xfeea8ce04fa0aL,
    0xfeea94be8333bL, 0xfeea950296410L, 0xfeea8d9c0075eL, 0xfeea7e7897654L,
    0xfeea678481d24L, 0xfeea48aa29e83L, 0xfeea21d22e4daL, 0xfee9f2e352024L,
    0xfee9bbc26af2eL, 0xfee97c524f2e4L, 0xfee93473c0a3aL, 0xfee8e40557516L,
    0xfee88ae369c7aL, 0xfee828e7f3dfdL, 0xfee7bdea7b888L, 0xfee749bff37ffL,
    0xfee6cc3a9bd5eL, 0xfee64529e007eL, 0xfee5b45a32888L, 0xfee51994e57b6L,
    0xfee474a0006cfL, 0xfee3c53e12c50L, 0xfee30b2e02ad8L, 0xfee2462ad8205L,
    0xfee175eb83c5aL, 0xfee09a22a1447L, 0xfedfb27e349ccL, 0xfedebea76216cL,
    0xfeddbe422047eL, 0xfedcb0ece39d3L, 0xfedb964042cf4L, 0xfeda6dce938c9L,
    0xfed937237e98dL, 0xfed7f1c38a836L, 0xfed69d2b9c02bL, 0xfed538d06ae00L,
    0xfed3c41dea422L, 0xfed23e76a2fd8L, 0xfed0a732fe644L, 0xfecefda07fe34L,
    0xfecd4100eb7b8L, 0xfecb708956eb4L, 0xfec98b61230c1L, 0xfec790a0da978L,
    0xfec57f50f31feL, 0xfec356686c962L, 0xfec114cb4b335L, 0xfebeb948e6fd0L,
    0xfebc429a0b692L, 0xfeb9af5ee0cdcL, 0xfeb6fe1c98542L, 0xfeb42d3ad1f9eL,
    0xfeb13b00b2d4bL, 0xfeae2591a02e9L, 0xfeaaeae992257L, 0xfea788d8ee326L,
    0xfea3fcffd73e5L, 0xfea044c8dd9f6L, 0xfe9c5d62f563bL, 0xfe9843ba947a4L,
    0xfe93f471d4728L, 0xfe8f6bd76c5d6L, 0xfe8aa5dc4e8e6L, 0xfe859e07ab1eaL,
    0xfe804f690a940L, 0xfe7ab488233c0L, 0xfe74c751f6aa5L, 0xfe6e8102aa202L,
    0xfe67da0b6abd8L, 0xfe60c9f38307eL, 0xfe5947338f742L, 0xfe51470977280L,
    0xfe48bd436f458L, 0xfe3f9bffd1e37L, 0xfe35d35eeb19cL, 0xfe2b5122fe4feL,
    0xfe20003995557L, 0xfe13c82788314L, 0xfe068c4ee67b0L, 0xfdf82b02b71aaL,
    0xfde87c57efeaaL, 0xfdd7509c63bfdL, 0xfdc46e529bf13L, 0xfdaf8f82e0282L,
    0xfd985e1b2ba75L, 0xfd7e6ef48cf04L, 0xfd613adbd650bL, 0xfd40149e2f012L,
    0xfd1a1a7b4c7acL, 0xfcee204761f9eL, 0xfcba8d85e11b2L, 0xfc7d26ecd2d22L,
    0xfc32b2f1e22edL, 0xfbd6581c0b83aL, 0xfb606c4005434L, 0xfac40582a2874L,
    0xf9e971e014598L, 0xf89fa48a41dfcL, 0xf66c5f7f0302cL, 0xf1a5a4b331c4aL
  };

  /** Layer width per integer step. */
  static final double[] NORMAL_WIDTH = {
    0x1.f493b7815d979p-51, 0x1.b8d0be3fdf6c6p-55, 0x1.250af3c2c5bb4p-54, 0x1.57cb938443b61p-54,
    0x1.801fce82fa70cp-54, 0x1.a230c2e4cd0bcp-54, 0x1.c004d2f3861f7p-54, 0x1.dac2f5a747274p-54,
    0x1.f32482d4cd5c3p-54, 0x1.04d32278ebbadp-53, 0x1.0f5053b025d43p-53, 0x1.192a697413677p-53,
    0x1.227a28f7a1af5p-53, 0x1.2b52e3863d880p-53, 0x1.33c3fc05791f5p-53, 0x1.3bd9ec1a2b12fp-53,
    0x1.439ef8dff9b55p-53, 0x1.4b1bb363dfea7p-53, 0x1.52575621ad374p-53, 0x1.59580a707ce96p-53,
    0x1.60231cfd97eeap-53, 0x1.66bd261a37c3dp-53, 0x1.6d2a292000570p-53, 0x1.736dad346f8a6p-53,
    0x1.798ad10b32a77p-53, 0x1.7f845ad46f543p-53, 0x1.855cc53430a77p-53, 0x1.8b1649e7b769ap-53,
    0x1.90b2ea94ecf98p-53, 0x1.96347822c1eeap-53, 0x1.9b9c98e38c546p-53, 0x1.a0eccdca4a72cp-53,
    0x1.a62676d77cd59p-53, 0x1.ab4ad6e101630p-53, 0x1.b05b16d136c9cp-53, 0x1.b558487427a29p-53,
    0x1.ba4368e529f3ap-53, 0x1.bf1d62abf8232p-53, 0x1.c3e70f9594ef3p-53, 0x1.c8a13a5323b61p-53,
    0x1.cd4c9fe72268bp-53, 0x1.d1e9f0e80b748p-53, 0x1.d679d29e41f10p-53, 0x1.dafce0023b8c3p-53,
    0x1.df73aa9f17653p-53, 0x1.e3debb5d2edfep-53, 0x1.e83e9337a6f00p-53, 0x1.ec93abdf982cep-53,
    0x1.f0de784f06226p-53, 0x1.f51f654d8f688p-53, 0x1.f956d9e87d7aep-53, 0x1.fd8537dfa2eacp-53,
    0x1.00d56e04234ecp-52, 0x1.02e40f5398f9ap-52, 0x1.04eea9e16a5fcp-52, 0x1.06f565b72a010p-52,
    0x1.08f869071f40bp-52, 0x1.0af7d84bc6113p-52, 0x1.0cf3d664bcc7fp-52, 0x1.0eec84b16086bp-52,
    0x1.10e20329515eep-52, 0x1.12d4707310fbep-52, 0x1.14c3e9f8e9141p-52, 0x1.16b08bfc4201ep-52,
    0x1.189a71a78da34p-52, 0x1.1a81b51ee6d88p-52, 0x1.1c666f8f82acbp-52, 0x1.1e48b93e0d42ep-52,
    0x1.2028a9940a09fp-52, 0x1.2206572c4c6e9p-52, 0x1.23e1d7de9c31fp-52, 0x1.25bb40ca96bfbp-52,
    0x1.2792a661dd37fp-52, 0x1.29681c719d71bp-52, 0x1.2b3bb62b82edap-52, 0x1.2d0d862e1b853p-52,
    0x1.2edd9e8cba98ep-52, 0x1.30ac10d6e48d7p-52, 0x1.3278ee1f4b930p-52, 0x1.3444470265ea1p-52,
    0x1.360e2baca52d5p-52, 0x1.37d6abe05586ap-52, 0x1.399dd6fb2b264p-52, 0x1.3b63bbfb83d03p-52,
    0x1.3d28698561de0p-52, 0x1.3eebede725a83p-52, 0x1.40ae571e09e74p-52, 0x1.426fb2da6745dp-52,
    0x1.44300e83c30a4p-52, 0x1.45ef773cac75dp-52, 0x1.47adf9e66c336p-52, 0x1.496ba32488f2fp-52,
    0x1.4b287f602415dp-52, 0x1.4ce49acb311dcp-52, 0x1.4ea001638a605p-52, 0x1.505abef5e5562p-52,
    0x1.5214df20a8b5ap-52, 0x1.53ce6d56a664fp-52, 0x1.558774e1bb2c8p-52, 0x1.574000e555f78p-52,
    0x1.58f81c60e8514p-52, 0x1.5aafd23241b59p-52, 0x1.5c672d17d733dp-52, 0x1.5e1e37b2f8cd3p-52,
    0x1.5fd4fc89f5e38p-52, 0x1.618b860a31fc3p-52, 0x1.6341de8a2b0a2p-52, 0x1.64f8104b7260bp-52,
    0x1.66ae257c99672p-52, 0x1.6864283b13137p-52, 0x1.6a1a22950b2b1p-52, 0x1.6bd01e8b343bbp-52,
    0x1.6d8626128d352p-52, 0x1.6f3c43161f854p-52, 0x1.70f27f78b68ebp-52, 0x1.72a8e516914c6p-52,
    0x1.745f7dc70eedcp-52, 0x1.7616535e5731fp-52, 0x1.77cd6faeff449p-52, 0x1.7984dc8babd93p-52,
    0x1.7b3ca3c8b1409p-52, 0x1.7cf4cf3db22fbp-52, 0x1.7ead68c73dee7p-52, 0x1.80667a486ea1fp-52,
    0x1.82200dac88676p-52, 0x1.83da2ce899f15p-52, 0x1.8594e1fd1f5bdp-52, 0x1.875036f7a7ec5p-52,
    0x1.890c35f47f72dp-52, 0x1.8ac8e9205c043p-52, 0x1.8c865aba10c9cp-52, 0x1.8e44951446a27p-52,
    0x1.9003a2973b58fp-52, 0x1.91c38dc288347p-52, 0x1.9384612ef0afcp-52, 0x1.954627903a28ap-52,
    0x1.9708ebb70d5eep-52, 0x1.98ccb892e2a31p-52, 0x1.9a919933f99bfp-52, 0x1.9c5798cd5d92cp-52,
    0x1.9e1ec2b6f7411p-52, 0x1.9fe7226fad24ap-52, 0x1.a1b0c39f93692p-52, 0x1.a37bb21a2c85bp-52,
    0x1.a547f9e0bbb88p-52, 0x1.a715a724aa9a4p-52, 0x1.a8e4c64a0313dp-52, 0x1.aab563e9ff108p-52,
    0x1.ac878cd5af5cep-52, 0x1.ae5b4e18bb336p-52, 0x1.b030b4fc3a11ap-52, 0x1.b207cf09a985bp-52,
    0x1.b3e0aa0e00c00p-52, 0x1.b5bb541ce3d03p-52, 0x1.b797db93f8927p-52, 0x1.b9764f1e5f73cp-52,
    0x1.bb56bdb85256ep-52, 0x1.bd3936b2ec0a2p-52, 0x1.bf1dc9b81ae83p-52, 0x1.c10486cec16a0p-52,
    0x1.c2ed7e5f07a2dp-52, 0x1.c4d8c136e0d1cp-52, 0x1.c6c6608ec8705p-52, 0x1.c8b66e0eba617p-52,
    0x1.caa8fbd36a2abp-52, 0x1.cc9e1c73bd690p-52, 0x1.ce95e3068e037p-52, 0x1.d0906328b8f6ep-52,
    0x1.d28db1037ef20p-52, 0x1.d48de1533c647p-52, 0x1.d691096e7f123p-52, 0x1.d8973f4d7fba5p-52,
    0x1.daa0999206e70p-52, 0x1.dcad2f8fc490ep-52, 0x1.debd195522e37p-52, 0x1.e0d06fb49d21cp-52,
    0x1.e2e74c4ea46f6p-52, 0x1.e501c99c1d188p-52, 0x1.e72002f97fe25p-52, 0x1.e94214b2abf0ap-52,
    0x1.eb681c0f76f08p-52, 0x1.ed9237610a73ap-52, 0x1.efc086101eca9p-52, 0x1.f1f328ac25321p-52,
    0x1.f42a40fb74d6dp-52, 0x1.f665f20c90168p-52, 0x1.f8a6604899782p-52, 0x1.faebb187122bfp-52,
    0x1.fd360d22fe785p-52, 0x1.ff859c118f60bp-52, 0x1.00ed447d3a075p-51, 0x1.021a8028fc947p-51,
    0x1.034a983a902abp-51, 0x1.047da4e3ef5c7p-51, 0x1.05b3bf6adb37ep-51, 0x1.06ed023a72668p-51,
    0x1.082988f632e17p-51, 0x1.0969708e8a254p-51, 0x1.0aacd7571c0c4p-51, 0x1.0bf3dd1eed448p-51,
    0x1.0d3ea34aa3d30p-51, 0x1.0e8d4cf116593p-51, 0x1.0fdffefa69fb6p-51, 0x1.1136e04207041p-51,
    0x1.129219bbb5d35p-51, 0x1.13f1d69c4096dp-51, 0x1.1556448602e3bp-51, 0x1.16bf93b9deef3p-51,
    0x1.182df74d21261p-51, 0x1.19a1a564eebacp-51, 0x1.1b1ad777f2f8ep-51, 0x1.1c99ca971a694p-51,
    0x1.1e1ebfbe4ae39p-51, 0x1.1fa9fc2e2d901p-51, 0x1.213bc9d04cc81p-51, 0x1.22d477a6fd3eep-51,
    0x1.24745a4ac9c24p-51, 0x1.261bcc77658e0p-51, 0x1.27cb2faa8592ep-51, 0x1.2982ecd770e78p-51,
    0x1.2b437532a0a52p-51, 0x1.2d0d43196db97p-51, 0x1.2ee0db1a978f5p-51, 0x1.30becd256aeeep-51,
    0x1.32a7b5e68a4a3p-51, 0x1.349c405ae12a3p-51, 0x1.369d27a33a840p-51, 0x1.38ab39256410ap-51,
    0x1.3ac7570ae88fap-51, 0x1.3cf27b31704a6p-51, 0x1.3f2dbaa60f475p-51, 0x1.417a49cb9e5dap-51,
    0x1.43d9815545e94p-51, 0x1.464ce44a73a15p-51, 0x1.48d62759c43bcp-51, 0x1.4b7739d6b5a27p-51,
    0x1.4e3250dcd8902p-51, 0x1.5109f53e9ac41p-51, 0x1.54011523a7e42p-51, 0x1.571b1a94ae41bp-51,
    0x1.5a5c08b718dd9p-51, 0x1.5dc8a243ad0fep-51, 0x1.61669cf861e4cp-51, 0x1.653ce7b006aeap-51,
    0x1.69540be9fe5c3p-51, 0x1.6db6b8d09e232p-51, 0x1.72728f05f7a34p-51, 0x1.7799556090673p-51,
    0x1.7d42df4d6ce8cp-51, 0x1.839030529f234p-51, 0x1.8ab0fbfaa7c14p-51, 0x1.92ee0946f4496p-51,
    0x1.9cbee014057abp-51, 0x1.a8fdc7894775ap-51, 0x1.b981f3878fdb1p-51, 0x1.d3bb48209ad33p-51
  };

  /** The density at the right edge, 1 for layer 0. */
  static final double[] NORMAL_HEIGHT = {
    0x1.0000000000000p+0, 0x1.f446ac979f087p-1, 0x1.eb7545b6ca915p-1, 0x1.e3f11e027f077p-1,
    0x1.dd36fa704de95p-1, 0x1.d70920657bcf2p-1, 0x1.d144978a119dcp-1, 0x1.cbd33a8a72debp-1,
    0x1.c6a5ecea9787fp-1, 0x1.c1b1cd9eebaeap-1, 0x1.bceeb4ee1dc82p-1, 0x1.b85653a8ff552p-1,
    0x1.b3e3a8234dd10p-1, 0x1.af92a3f6ce8a2p-1, 0x1.ab5fef17a2504p-1, 0x1.a748bd550c9e1p-1,
    0x1.a34aafdf5af0fp-1, 0x1.9f63bee651fd8p-1, 0x1.9b9228d240681p-1, 0x1.97d4657617ac1p-1,
    0x1.94291c21b7a47p-1, 0x1.908f1bd31714fp-1, 0x1.8d0554fe60aa8p-1, 0x1.898ad48badf02p-1,
    0x1.861ebfc37bcacp-1, 0x1.82c050f56cf6ep-1, 0x1.7f6ed4b20e2cbp-1, 0x1.7c29a779c6858p-1,
    0x1.78f033ca0b0d5p-1, 0x1.75c1f0770d856p-1, 0x1.729e5f43f6d12p-1, 0x1.6f850baea7aeep-1,
    0x1.6c7589e635a89p-1, 0x1.696f75e513b2ap-1, 0x1.667272a92e323p-1, 0x1.637e298550c18p-1,
    0x1.6092498802665p-1, 0x1.5dae86f4aff6ap-1, 0x1.5ad29acc85c89p-1, 0x1.57fe4264c8d8fp-1,
    0x1.55313f08d9e46p-1, 0x1.526b55a656cd5p-1, 0x1.4fac4e820b667p-1, 0x1.4cf3f4f494ec0p-1,
    0x1.4a42172dc5278p-1, 0x1.479685fdf5012p-1, 0x1.44f114a493679p-1, 0x1.425198a355fe3p-1,
    0x1.3fb7e99585b82p-1, 0x1.3d23e10af31a3p-1, 0x1.3a955a662cd0ep-1, 0x1.380c32bda00d5p-1,
    0x1.358848bf550e9p-1, 0x1.33097c9703a35p-1, 0x1.308fafd6438efp-1, 0x1.2e1ac55ea3beep-1,
    0x1.2baaa14d7954ap-1, 0x1.293f28e93cd15p-1, 0x1.26d84290504edp-1, 0x1.2475d5a90db84p-1,
    0x1.2217ca92ff7f2p-1, 0x1.1fbe0a9929620p-1, 0x1.1d687fe549969p-1, 0x1.1b171573fd111p-1,
    0x1.18c9b709b3c50p-1, 0x1.16805128639dap-1, 0x1.143ad105ea99cp-1, 0x1.11f9248311f38p-1,
    0x1.0fbb3a2325913p-1, 0x1.0d810104142a0p-1, 0x1.0b4a68d70d9aep-1, 0x1.091761d995d81p-1,
    0x1.06e7dccf03c36p-1, 0x1.04bbcafa63f2ep-1, 0x1.02931e18b822ap-1, 0x1.006dc85b8cac4p-1,
    0x1.fc9778c7bbda1p-2, 0x1.f859da7a900cap-2, 0x1.f4229cb2f7af3p-2, 0x1.eff1a717e8f95p-2,
    0x1.ebc6e20bd1f54p-2, 0x1.e7a236a4ec3c5p-2, 0x1.e3838ea5f9b85p-2, 0x1.df6ad47763a09p-2,
    0x1.db57f320b56b1p-2, 0x1.d74ad6426de33p-2, 0x1.d3436a1021080p-2, 0x1.cf419b4ae5b6dp-2,
    0x1.cb45573c0a848p-2, 0x1.c74e8bb00d7c7p-2, 0x1.c35d26f1d2cb8p-2, 0x1.bf7117c616a17p-2,
    0x1.bb8a4d6716d91p-2, 0x1.b7a8b7807131bp-2, 0x1.b3cc462b331cap-2, 0x1.aff4e9ea18552p-2,
    0x1.ac2293a5f5a9ep-2, 0x1.a85534aa4d880p-2, 0x1.a48cbea20c04dp-2, 0x1.a0c923946843ep-2,
    0x1.9d0a55e1e93dfp-2, 0x1.995048418c0c6p-2, 0x1.959aedbe09f93p-2, 0x1.91ea39b33cb17p-2,
    0x1.8e3e1fcb9f115p-2, 0x1.8a9693fde9188p-2, 0x1.86f38a8ac5ab6p-2, 0x1.8354f7faa0dd9p-2,
    0x1.7fbad11b8d911p-2, 0x1.7c250aff414b0p-2, 0x1.78939af9252ebp-2, 0x1.7506769c7b1edp-2,
    0x1.717d93ba9614cp-2, 0x1.6df8e86124caap-2, 0x1.6a786ad88de21p-2, 0x1.66fc11a25cbe2p-2,
    0x1.6383d377be515p-2, 0x1.600fa7480d2c8p-2, 0x1.5c9f84376c244p-2, 0x1.5933619d6eebep-2,
    0x1.55cb3703d0100p-2, 0x1.5266fc2533bedp-2, 0x1.4f06a8ebf6d92p-2, 0x1.4baa357109ca2p-2,
    0x1.485199fad6ad4p-2, 0x1.44fccefc324fep-2, 0x1.41abcd1357a19p-2, 0x1.3e5e8d08ed2dbp-2,
    0x1.3b1507cf143aep-2, 0x1.37cf368081379p-2, 0x1.348d125f9d19ep-2, 0x1.314e94d5af62fp-2,
    0x1.2e13b77210766p-2, 0x1.2adc73e963fddp-2, 0x1.27a8c414db11ep-2, 0x1.2478a1f17de89p-2,
    0x1.214c079f7cc9ep-2, 0x1.1e22ef6188116p-2, 0x1.1afd539c2f050p-2, 0x1.17db2ed5454e8p-2,
    0x1.14bc7bb34ee67p-2, 0x1.11a134fcf2423p-2, 0x1.0e895598709c4p-2, 0x1.0b74d88b242dap-2,
    0x1.0863b8f904336p-2, 0x1.0555f2242e9d9p-2, 0x1.024b7f6c7747ep-2, 0x1.fe88b89df93c5p-3,
    0x1.f88108cb83235p-3, 0x1.f27fe6ce998d2p-3, 0x1.ec854a4c99c44p-3, 0x1.e6912b2283cddp-3,
    0x1.e0a3816457184p-3, 0x1.dabc455c7900ap-3, 0x1.d4db6f8b2514fp-3, 0x1.cf00f8a5e6fccp-3,
    0x1.c92cd9971df53p-3, 0x1.c35f0b7d89d47p-3, 0x1.bd9787abe18a1p-3, 0x1.b7d647a8731aap-3,
    0x1.b21b452ccd13ap-3, 0x1.ac667a2571807p-3, 0x1.a6b7e0b19267ep-3, 0x1.a10f7322d7e3dp-3,
    0x1.9b6d2bfd2fe5ap-3, 0x1.95d105f6a7c27p-3, 0x1.903afbf74fa69p-3, 0x1.8aab09192815bp-3,
    0x1.852128a819a38p-3, 0x1.7f9d5621f7175p-3, 0x1.7a1f8d368a323p-3, 0x1.74a7c9c7ab5a6p-3,
    0x1.6f3607e964716p-3, 0x1.69ca43e21f25cp-3, 0x1.64647a2adf19cp-3, 0x1.5f04a76f883f9p-3,
    0x1.59aac88f31d6cp-3, 0x1.5456da9c86835p-3, 0x1.4f08dade31fc1p-3, 0x1.49c0c6cf5ce2dp-3,
    0x1.447e9c20375d5p-3, 0x1.3f4258b6931aep-3, 0x1.3a0bfaae8d7eep-3, 0x1.34db805b4ab88p-3,
    0x1.2fb0e847c2a65p-3, 0x1.2a8c3137a071ap-3, 0x1.256d5a2835eb7p-3, 0x1.2054625183c34p-3,
    0x1.1b41492757d42p-3, 0x1.16340e5a82d63p-3, 0x1.112cb1da26eb9p-3, 0x1.0c2b33d5209bap-3,
    0x1.072f94bb8bf85p-3, 0x1.0239d54067d2ap-3, 0x1.fa93ecb6b222cp-4, 0x1.f0bff29520e1cp-4,
    0x1.e6f7bf29aa54bp-4, 0x1.dd3b56176e88fp-4, 0x1.d38abb9bd91e5p-4, 0x1.c9e5f493b740ap-4,
    0x1.c04d0680b1015p-4, 0x1.b6bff78f2e233p-4, 0x1.ad3ece9caf633p-4, 0x1.a3c9933ea6286p-4,
    0x1.9a604dc9d5b19p-4, 0x1.9103075a4a0abp-4, 0x1.87b1c9dbf2852p-4, 0x1.7e6ca013eefd6p-4,
    0x1.753395aaa1176p-4, 0x1.6c06b73694a4cp-4, 0x1.62e6124854d18p-4, 0x1.59d1b577466a4p-4,
    0x1.50c9b06fa2baep-4, 0x1.47ce1401b2213p-4, 0x1.3edef23269a86p-4, 0x1.35fc5e4d93e70p-4,
    0x1.2d266cf9b3111p-4, 0x1.245d344dd0d91p-4, 0x1.1ba0cbe97897dp-4, 0x1.12f14d0f2179dp-4,
    0x1.0a4ed2c159625p-4, 0x1.01b979e30e497p-4, 0x1.f262c2b6c6e35p-5, 0x1.e16d547b25181p-5,
    0x1.d092efeadf162p-5, 0x1.bfd3e0f282a2cp-5, 0x1.af30790385f70p-5, 0x1.9ea90f9295563p-5,
    0x1.8e3e02a68b5abp-5, 0x1.7defb77af271ep-5, 0x1.6dbe9b398d064p-5, 0x1.5dab23cf2add4p-5,
    0x1.4db5d0e11275dp-5, 0x1.3ddf2ce98eecbp-5, 0x1.2e27ce83df497p-5, 0x1.1e9059f1f6abcp-5,
    0x1.0f1982e968011p-5, 0x1.ff881d718a5c4p-6, 0x1.e121adb828c75p-6, 0x1.c301983cd091ap-6,
    0x1.a529f4e22ebf8p-6, 0x1.879d1b600c10ap-6, 0x1.6a5daf40bbf82p-6, 0x1.4d6eaf2fbb064p-6,
    0x1.30d388dab5e13p-6, 0x1.1490334603012p-6, 0x1.f152a4f72dd49p-7, 0x1.ba48d274f8facp-7,
    0x1.841040d8da478p-7, 0x1.4eb96421acfe0p-7, 0x1.1a59229952f92p-7, 0x1.ce160f8ec6837p-8,
    0x1.69ea8d90cb85dp-8, 0x1.08a1f03b0b1fdp-8, 0x1.55f9f43c1b067p-9, 0x1.4a605b6b9f70fp-10
  };

  /** Integers below this are inside; 53 bits. */
  static final long[] EXPONENTIAL_INSIDE = {
    0x1c5214272497c6L, 0x0L, 0x137d5bd79c317eL, 0x186ef58e3f3c10L,
    0x1a9bb7320eb0aeL, 0x1bd127f719447cL, 0x1c951d0f88651aL, 0x1d1bfe2d5c3972L,
    0x1d7e5bd56b18b2L, 0x1dc934dd172c70L, 0x1e0409dfac9dc8L, 0x1e337b71d47836L,
    0x1e5a8b177cb7a2L, 0x1e7b42096f046cL, 0x1e970daf08ae3eL, 0x1eaef5b14ef09eL,
    0x1ec3bd07b46556L, 0x1ed5f6f08799ceL, 0x1ee614ae6e5688L, 0x1ef46eca361cd0L,
    0x1f014b76ddd4a4L, 0x1f0ce313a796b6L, 0x1f176369f1f77aL, 0x1f20f20c452570L,
    0x1f29ae1951a874L, 0x1f31b18fb95532L, 0x1f39125157c106L, 0x1f3fe2eb6e694cL,
    0x1f463332d788faL, 0x1f4c10bf1d3a0eL, 0x1f51874c5c3322L, 0x1f56a109c3ecc0L,
    0x1f5b66d9099996L, 0x1f5fe08210d08cL, 0x1f6414dd445772L, 0x1f6809f6859678L,
    0x1f6bc52a2b02e6L, 0x1f6f4b3d32e4f4L, 0x1f72a07190f13aL, 0x1f75c8974d09d6L,
    0x1f78c71b045cc0L, 0x1f7b9f12413ff4L, 0x1f7e5346079f8aL, 0x1f80e63be21138L,
    0x1f835a3dad9162L, 0x1f85b16056b912L, 0x1f87ed89b24262L, 0x1f8a10759374faL,
    0x1f8c1bba3d39acL, 0x1f8e10cc45d04aL, 0x1f8ff102013e16L, 0x1f91bd968358e0L,
    0x1f9377ac47afd8L, 0x1f95204f8b64daL, 0x1f96b878633892L, 0x1f98410c968892L,
    0x1f99bae146ba80L, 0x1f9b26bc697f00L, 0x1f9c85561b717aL, 0x1f9dd759cfd802L,
    0x1f9f1d6761a1ceL, 0x1fa058140936c0L, 0x1fa187eb3a3338L, 0x1fa2ad6f6bc4fcL,
    0x1fa3c91ace0682L, 0x1fa4db5fee6aa2L, 0x1fa5e4aa4d097cL, 0x1fa6e55ee46782L,
    0x1fa7dddca51ec4L, 0x1fa8ce7ce6a874L, 0x1fa9b793ce5feeL, 0x1faa9970adb858L,
    0x1fab745e588232L, 0x1fac48a3740584L, 0x1fad1682bf9fe8L, 0x1fadde3b5782c0L,
    0x1faea008f21d6cL, 0x1faf5c2418b07eL, 0x1fb012c25b7a12L, 0x1fb0c41681dff4L,
    0x1fb17050b6f1faL, 0x1fb2179eb2963aL, 0x1fb2ba2bdfa84aL, 0x1fb358217f4e18L,
    0x1fb3f1a6c9be0cL, 0x1fb486e10cacd6L, 0x1fb517f3c793fcL, 0x1fb5a500c5fdaaL,
    0x1fb62e2837fe58L, 0x1fb6b388c9010aL, 0x1fb7353fb50798L, 0x1fb7b368dc7da8L,
    0x1fb82e1ed6ba08L, 0x1fb8a57b0347f6L, 0x1fb919959a0f74L, 0x1fb98a85ba7204L,
    0x1fb9f861796f26L, 0x1fba633deee286L, 0x1fbacb2f41ec16L, 0x1fbb3048b49144L,
    0x1fbb929caea4e2L, 0x1fbbf23cc8029eL, 0x1fbc4f39d22994L, 0x1fbca9a3e140d4L,
    0x1fbd018a548f9eL, 0x1fbd56fbde729cL, 0x1fbdaa068bd66aL, 0x1fbdfab7cb3f40L,
    0x1fbe491c7364deL, 0x1fbe9540c9695eL, 0x1fbedf3086b128L, 0x1fbf26f6de6174L,
    0x1fbf6c9e828ae2L, 0x1fbfb031a904c4L, 0x1fbff1ba0ffdb0L, 0x1fc03141024588L,
    0x1fc06ecf5b54b2L, 0x1fc0aa6d8b1426L, 0x1fc0e42399698aL, 0x1fc11bf9298a64L,
    0x1fc151f57d1942L, 0x1fc1861f770f4aL, 0x1fc1b87d9e74b4L, 0x1fc1e91620ea42L,
    0x1fc217eed505deL, 0x1fc2450d3c83feL, 0x1fc27076864fc2L, 0x1fc29a2f90630eL,
    0x1fc2c23ce98046L, 0x1fc2e8a2d2c6b4L, 0x1fc30d654122ecL, 0x1fc33087de9c0eL,
    0x1fc3520e0b7ec6L, 0x1fc371fadf66f8L, 0x1fc390512a2886L, 0x1fc3ad137497faL,
    0x1fc3c844013348L, 0x1fc3e1e4ccab40L, 0x1fc3f9f78e4da8L, 0x1fc4107db85060L,
    0x1fc4257877fd68L, 0x1fc438e8b5bfc6L, 0x1fc44acf15112aL, 0x1fc45b2bf447e8L,
    0x1fc469ff6c4504L, 0x1fc477495001b2L, 0x1fc483092bfbb8L, 0x1fc48d3e457ff6L,
    0x1fc495e799d21aL, 0x1fc49d03dd30b0L, 0x1fc4a29179b432L, 0x1fc4a68e8e07fcL,
    0x1fc4a8f8ebfb8cL, 0x1fc4a9ce16ea9eL, 0x1fc4a90b41fa34L, 0x1fc4a6ad4e28a0L,
    0x1fc4a2b0c82e74L, 0x1fc49d11e62de2L, 0x1fc495cc852df4L, 0x1fc48cdc265ec0L,
    0x1fc4823bec237aL, 0x1fc475e696dee6L, 0x1fc467d6817e82L, 0x1fc458059dc036L,
    0x1fc4466d702e20L, 0x1fc433070bcb98L, 0x1fc41dcb0d6e0eL, 0x1fc406b196bbf6L,
    0x1fc3edb248cb62L, 0x1fc3d2c43e593cL, 0x1fc3b5de0591b4L, 0x1fc396f599614cL,
    0x1fc376005a4592L, 0x1fc352f3069370L, 0x1fc32dc1b22818L, 0x1fc3065fbd7888L,
    0x1fc2dcbfcbf262L, 0x1fc2b0d3b99f9eL, 0x1fc2828c8ffcf0L, 0x1fc251da79f164L,
    0x1fc21eacb6d39eL, 0x1fc1e8f18c6756L, 0x1fc1b09637bb3cL, 0x1fc17586dccd10L,
    0x1fc137ae74d6b6L, 0x1fc0f6f6bb2414L, 0x1fc0b348184da4L, 0x1fc06c898baff0L,
    0x1fc022a092f364L, 0x1fbfd5710f72b8L, 0x1fbf84dd29488eL, 0x1fbf30c52fc60aL,
    0x1fbed907770cc6L, 0x1fbe7d80327ddaL, 0x1fbe1e094ba614L, 0x1fbdba7a354408L,
    0x1fbd52a7b9f826L, 0x1fbce663c6201aL, 0x1fbc757d2c4de4L, 0x1fbbffbf63b7aaL,
    0x1fbb84f23fe6a2L, 0x1fbb04d9a0d18cL, 0x1fba7f351a70acL, 0x1fb9f3bf92b618L,
    0x1fb9622ed4abfcL, 0x1fb8ca33174a16L, 0x1fb82b76765b54L, 0x1fb7859c5b895cL,
    0x1fb6d840d55594L, 0x1fb622f7d96942L, 0x1fb5654c6f37e0L, 0x1fb49ebfbf69d2L,
    0x1fb3cec803e746L, 0x1fb2f4cf539c3eL, 0x1fb21032442852L, 0x1fb1203e5a9604L,
    0x1fb0243042e1c2L, 0x1faf1b31c479a6L, 0x1fae045767e104L, 0x1facde9dbf2d72L,
    0x1faba8e640060aL, 0x1faa61f399ff28L, 0x1fa908656f66a2L, 0x1fa79ab3508d3cL,
    0x1fa61726d1f214L, 0x1fa47bd48bea00L, 0x1fa2c693c5c094L, 0x1fa0f4f47df314L,
    0x1f9f04336bbe0aL, 0x1f9cf12b79f9bcL, 0x1f9ab84415abc4L, 0x1f98555b782fb8L,
    0x1f95c3abd03f78L, 0x1f92fda9cef1f2L, 0x1f8ffcda9ae41cL, 0x1f8cb99e7385f8L,
    0x1f892aec479606L, 0x1f8545f904db8eL, 0x1f80fdc336039aL, 0x1f7c427839e926L,
    0x1f7700a3582accL, 0x1f71200f1a241cL, 0x1f6a8234b7352aL, 0x1f630000a8e266L,
    0x1f5a66904fe3c4L, 0x1f50724ece1172L, 0x1f44c7665c6fdaL, 0x1f36e5a38a59a2L,
    0x1f26143450340aL, 0x1f113e047b0414L, 0x1ef6aefa57cbe6L, 0x1ed38ca188151eL,
    0x1ea2a61e122db0L, 0x1e5961c78b267cL, 0x1dddf62bac0bb0L, 0x1cdb4dd9e4e8c0L
  };

  /** Layer width per integer step. */
  static final double[] EXPONENTIAL_WIDTH = {
    0x1.164ec94bf5dc1p-50, 0x1.0589d8b5d4119p-57, 0x1.ad6b2495b4d2bp-57, 0x1.19335a95b8dbap-56,
    0x1.522e6e54a2a73p-56, 0x1.85090fbc27a80p-56, 0x1.b38d1ef79b7ccp-56, 0x1.decd8b76dbd98p-56,
    0x1.03bf049c65c3cp-55, 0x1.170db24d6f670p-55, 0x1.2980290da2633p-55, 0x1.3b388fe3d6ecap-55,
    0x1.4c515c60bfe21p-55, 0x1.5cdf89d024ac3p-55, 0x1.6cf40f0a72bbdp-55, 0x1.7c9cdda17d019p-55,
    0x1.8be5954d3606fp-55, 0x1.9ad80552237d2p-55, 0x1.a97c8be5d5203p-55, 0x1.b7da5dddda3c4p-55,
    0x1.c5f7bd78c3f89p-55, 0x1.d3da24df17c36p-55, 0x1.e186678f1735ap-55, 0x1.ef00ccf5f4faap-55,
    0x1.fc4d25d683209p-55, 0x1.04b76ed6a7558p-54, 0x1.0b348479b80fcp-54, 0x1.119f38749f5afp-54,
    0x1.17f8ceb4bdfa0p-54, 0x1.1e426e93e49e7p-54, 0x1.247d26538ff2ep-54, 0x1.2aa9ee123680bp-54,
    0x1.30c9aa526da4bp-54, 0x1.36dd2e26d8202p-54, 0x1.3ce53d12162a0p-54, 0x1.42e28ca706748p-54,
    0x1.48d5c5f35e712p-54, 0x1.4ebf86bcd0b93p-54, 0x1.54a0629786f4dp-54, 0x1.5a78e3db8befdp-54,
    0x1.60498c7dd2ecfp-54, 0x1.6612d6d0c68e0p-54, 0x1.6bd5362faa944p-54, 0x1.71911797990bbp-54,
    0x1.7746e23077973p-54, 0x1.7cf6f7c7e8172p-54, 0x1.82a1b53fed599p-54, 0x1.884772f2be1ecp-54,
    0x1.8de8850d0c52ap-54, 0x1.93853bdfda244p-54, 0x1.991de42ad1338p-54, 0x1.9eb2c75ff03bfp-54,
    0x1.a4442be14884ap-54, 0x1.a9d255396d261p-54, 0x1.af5d844f224c9p-54, 0x1.b4e5f794c979bp-54,
    0x1.ba6beb33f8f89p-54, 0x1.bfef99359fe99p-54, 0x1.c57139a70d29fp-54, 0x1.caf102bc25adbp-54,
    0x1.d06f28ef0e6fbp-54, 0x1.d5ebdf1d86b8dp-54, 0x1.db6756a429057p-54, 0x1.e0e1bf77c31fep-54,
    0x1.e65b483cf1044p-54, 0x1.ebd41e5e21b62p-54, 0x1.f14c6e202949fp-54, 0x1.f6c462b57feb5p-54,
    0x1.fc3c26504a9a1p-54, 0x1.00d9f119a3cd9p-53, 0x1.0395df60db162p-53, 0x1.0651f1c7276f8p-53,
    0x1.090e3bb4b0072p-53, 0x1.0bcad03710137p-53, 0x1.0e87c207a2f66p-53, 0x1.114523917ac15p-53,
    0x1.140306f707dbep-53, 0x1.16c17e1777ffbp-53, 0x1.19809a93d2396p-53, 0x1.1c406dd3d5283p-53,
    0x1.1f01090a9c4e2p-53, 0x1.21c27d3b10e05p-53, 0x1.2484db3c2a329p-53, 0x1.274833bd0189fp-53,
    0x1.2a0c9748bcdaap-53, 0x1.2cd2164a53b5dp-53, 0x1.2f98c11031721p-53, 0x1.3260a7cfb7611p-53,
    0x1.3529daa8a1ba1p-53, 0x1.37f469a851af0p-53, 0x1.3ac064ccfeffcp-53, 0x1.3d8ddc08d336dp-53,
    0x1.405cdf44f09c4p-53, 0x1.432d7e6466cd0p-53, 0x1.45ffc94716ca7p-53, 0x1.48d3cfcc883c4p-53,
    0x1.4ba9a1d6b18a4p-53, 0x1.4e814f4cb45eap-53, 0x1.515ae81d900fbp-53, 0x1.54367c42cb5f8p-53,
    0x1.57141bc316f27p-53, 0x1.59f3d6b4e9cf9p-53, 0x1.5cd5bd4119335p-53, 0x1.5fb9dfa56cf26p-53,
    0x1.62a04e3731a2ep-53, 0x1.65891965c9b8cp-53, 0x1.687451bd3ebeep-53, 0x1.6b6207e8d3cdfp-53,
    0x1.6e524cb59a608p-53, 0x1.714531150a9fbp-53, 0x1.743ac61fa041cp-53, 0x1.77331d177d130p-53,
    0x1.7a2e476b1240ap-53, 0x1.7d2c56b7d17f7p-53, 0x1.802d5ccce7277p-53, 0x1.83316badfe62ap-53,
    0x1.86389596108e7p-53, 0x1.8942ecfa40f54p-53, 0x1.8c50848cc6094p-53, 0x1.8f616f3fe1513p-53,
    0x1.9275c048e73e1p-53, 0x1.958d8b235828ap-53, 0x1.98a8e3940bbf4p-53, 0x1.9bc7ddac7035dp-53,
    0x1.9eea8dcdde951p-53, 0x1.a21108ad0592dp-53, 0x1.a53b63556c690p-53, 0x1.a869b32d0f30fp-53,
    0x1.ab9c0df81657ap-53, 0x1.aed289dcaacffp-53, 0x1.b20d3d66e8bb5p-53, 0x1.b54c3f8cf2542p-53,
    0x1.b88fa7b324fb6p-53, 0x1.bbd78db072610p-53, 0x1.bf2409d2dfd85p-53, 0x1.c27534e42e02dp-53,
    0x1.c5cb282eab1a4p-53, 0x1.c925fd82323fbp-53, 0x1.cc85cf395a56cp-53, 0x1.cfeab83ed7180p-53,
    0x1.d354d4130f2adp-53, 0x1.d6c43ed1ea3fep-53, 0x1.da391538da50ap-53, 0x1.ddb374ad2357fp-53,
    0x1.e1337b426509bp-53, 0x1.e4b947c16a452p-53, 0x1.e844f9af4237fp-53, 0x1.ebd6b154a7678p-53,
    0x1.ef6e8fc5b9168p-53, 0x1.f30cb6ea0bc7fp-53, 0x1.f6b1498515ed0p-53, 0x1.fa5c6b3efe1e5p-53,
    0x1.fe0e40add09d8p-53, 0x1.00e377af911d4p-52, 0x1.02c34ef11391bp-52, 0x1.04a6b9e9224a3p-52,
    0x1.068dccf1126dbp-52, 0x1.08789cf3aad0fp-52, 0x1.0a673f733c819p-52, 0x1.0c59ca900946fp-52,
    0x1.0e50550efcfb7p-52, 0x1.104af660befcep-52, 0x1.1249c6a92154ap-52, 0x1.144cdec6f3a2bp-52,
    0x1.1654585c404c1p-52, 0x1.18604dd6fae9ep-52, 0x1.1a70da7a27820p-52, 0x1.1c861a6782a5ap-52,
    0x1.1ea02aa9b3370p-52, 0x1.20bf293f0f4a2p-52, 0x1.22e33524fe550p-52, 0x1.250c6e6403bbap-52,
    0x1.273af61c7daa6p-52, 0x1.296eee942532bp-52, 0x1.2ba87b445db51p-52, 0x1.2de7c0e962d70p-52,
    0x1.302ce59265965p-52, 0x1.327810b2aa7d0p-52, 0x1.34c96b33bc965p-52, 0x1.37211f88ca856p-52,
    0x1.397f59c345143p-52, 0x1.3be447a8d8b83p-52, 0x1.3e5018cadded0p-52, 0x1.40c2fe9f5eeadp-52,
    0x1.433d2c9bd42f8p-52, 0x1.45bed851bc92cp-52, 0x1.4848398d39432p-52, 0x1.4ad98a75da14cp-52,
    0x1.4d7307b1cb127p-52, 0x1.5014f08b99508p-52, 0x1.52bf871acaab2p-52, 0x1.5573106f8a75ap-52,
    0x1.582fd4c1b4461p-52, 0x1.5af61fa38e107p-52, 0x1.5dc640388bd9ep-52, 0x1.60a0897081879p-52,
    0x1.63855247b2e94p-52, 0x1.6674f60c3f432p-52, 0x1.696fd4a9748eep-52, 0x1.6c7652f9a7b1ep-52,
    0x1.6f88db1f42507p-52, 0x1.72a7dce5cd218p-52, 0x1.75d3ce2bd71c3p-52, 0x1.790d2b56b71f9p-52,
    0x1.7c5477d1476d3p-52, 0x1.7faa3e96e1412p-52, 0x1.830f12cc0bec3p-52, 0x1.8683906687342p-52,
    0x1.8a085ce695babp-52, 0x1.8d9e2823b3695p-52, 0x1.9145ad2f37544p-52, 0x1.94ffb34fc2a0ep-52,
    0x1.98cd0f18d1ad8p-52, 0x1.9caea3a24d9eap-52, 0x1.a0a563e49f178p-52, 0x1.a4b2543e84c3bp-52,
    0x1.a8d68c2ad86eap-52, 0x1.ad13382d845c4p-52, 0x1.b1699c003b60ap-52, 0x1.b5db15091ea0fp-52,
    0x1.ba691d276da5ep-52, 0x1.bf154de4bef77p-52, 0x1.c3e1641c2e0a7p-52, 0x1.c8cf442c8c8f4p-52,
    0x1.cde0fecf2a97fp-52, 0x1.d318d6b2738c5p-52, 0x1.d87946fec3becp-52, 0x1.de050af4ef19fp-52,
    0x1.e3bf26e190960p-52, 0x1.e9aaf2af383c1p-52, 0x1.efcc26750ea4ap-52, 0x1.f626e9791f7a7p-52,
    0x1.fcbfe43f6c6e5p-52, 0x1.01ce2b362ec2ep-51, 0x1.056118bf58eefp-51, 0x1.091c1cdcba54ep-51,
    0x1.0d031785d48a0p-51, 0x1.111a8034392a6p-51, 0x1.156786775442ap-51, 0x1.19f03bcb3c2d6p-51,
    0x1.1ebbca0c9fa7cp-51, 0x1.23d2bb659919fp-51, 0x1.293f5ae49aaa5p-51, 0x1.2f0e38a4411f0p-51,
    0x1.354ee27ccf75ep-51, 0x1.3c14ec7c8b861p-51, 0x1.4379766e41362p-51, 0x1.4b9d7cd4751d1p-51,
    0x1.54ad83ccf73f6p-51, 0x1.5ee7ae17313d2p-51, 0x1.6aa676d4bbf72p-51, 0x1.78750d6eac62fp-51,
    0x1.8939fe6f2ed19p-51, 0x1.9e9dc0d487b85p-51, 0x1.bc39e51da71fcp-51, 0x1.ec9d9297ebb83p-51
  };

  /** The density at the right edge, 1 for layer 0. */
  static final double[] EXPONENTIAL_HEIGHT = {
    0x1.0000000000000p+0, 0x1.e0545e5881137p-1, 0x1.cd0a65081fff1p-1, 0x1.be5007beb7b27p-1,
    0x1.b210f0ee67f2ap-1, 0x1.a76baa562fae7p-1, 0x1.9de9715556d9bp-1, 0x1.95431c455aa39p-1,
    0x1.8d4a376d3d22fp-1, 0x1.85de87806c5b8p-1, 0x1.7ee8a2d243126p-1, 0x1.7856e9b09d47ep-1,
    0x1.721bb5ba94b63p-1, 0x1.6c2c3498418c6p-1, 0x1.667fa6d4f5c06p-1, 0x1.610edc1a7af66p-1,
    0x1.5bd3d694cac75p-1, 0x1.56c9882da8773p-1, 0x1.51eba1578899ap-1, 0x1.4d366c151f8afp-1,
    0x1.48a6afb8ee069p-1, 0x1.44399afa8e125p-1, 0x1.3fecb2bb18b80p-1, 0x1.3bbdc44e1d114p-1,
    0x1.37aada708ddd9p-1, 0x1.33b23450e6318p-1, 0x1.2fd23e345da5ep-1, 0x1.2c098b61f4f24p-1,
    0x1.2856d111132bdp-1, 0x1.24b8e228c50a3p-1, 0x1.212eaba813ec8p-1, 0x1.1db7319877b89p-1,
    0x1.1a518c71e3b25p-1, 0x1.16fce6dce6feep-1, 0x1.13b87bc33169cp-1, 0x1.108394a1cc38dp-1,
    0x1.0d5d8812b1e2bp-1, 0x1.0a45b8854d02ap-1, 0x1.073b931ee3b7dp-1, 0x1.043e8ebd26548p-1,
    0x1.014e2b160f324p-1, 0x1.fcd3dfe214576p-2, 0x1.f722d8ebfc5fap-2, 0x1.f1886d1eb424dp-2,
    0x1.ec03d4b969d90p-2, 0x1.e6945367dd351p-2, 0x1.e139375e137fcp-2, 0x1.dbf1d88a7210cp-2,
    0x1.d6bd97db9ed7ap-2, 0x1.d19bde97e1a0bp-2, 0x1.cc8c1dc40e092p-2, 0x1.c78dcd983fb60p-2,
    0x1.c2a06d00ea583p-2, 0x1.bdc3812aeeeb5p-2, 0x1.b8f6951990b88p-2, 0x1.b43939454806fp-2,
    0x1.af8b03428ef5fp-2, 0x1.aaeb8d6fdf6e5p-2, 0x1.a65a76aa30140p-2, 0x1.a1d76207521f4p-2,
    0x1.9d61f695a3792p-2, 0x1.98f9df2097ba8p-2, 0x1.949ec9f9a8110p-2, 0x1.905068c545d04p-2,
    0x1.8c0e704b75d39p-2, 0x1.87d8984bc3f8cp-2, 0x1.83ae9b5446138p-2, 0x1.7f90369b6ce59p-2,
    0x1.7b7d29dc6801ep-2, 0x1.77753735e72e3p-2, 0x1.7378230b08deap-2, 0x1.6f85b3e649e9dp-2,
    0x1.6b9db25e4e99cp-2, 0x1.67bfe8fc60d9fp-2, 0x1.63ec2424827e4p-2, 0x1.602231fef5876p-2,
    0x1.5c61e2631ee6cp-2, 0x1.58ab06c3aa9efp-2, 0x1.54fd721bda3e7p-2, 0x1.5158f8dde89f5p-2,
    0x1.4dbd70e26f91dp-2, 0x1.4a2ab158bdad3p-2, 0x1.46a092b80beefp-2, 0x1.431eeeb1841e2p-2,
    0x1.3fa5a0230a14ep-2, 0x1.3c34830abb285p-2, 0x1.38cb747b17defp-2, 0x1.356a528fcd0ddp-2,
    0x1.3210fc6312435p-2, 0x1.2ebf520394270p-2, 0x1.2b75346ae2262p-2, 0x1.2832857457629p-2,
    0x1.24f727d4776fdp-2, 0x1.21c2ff10b7effp-2, 0x1.1e95ef77b09dbp-2, 0x1.1b6fde19abc5ap-2,
    0x1.1850b0c191982p-2, 0x1.15384dee291efp-2, 0x1.12269ccba9fbap-2, 0x1.0f1b852d9a66cp-2,
    0x1.0c16ef88f5333p-2, 0x1.0918c4ee93e13p-2, 0x1.0620ef05d90d2p-2, 0x1.032f580797c2cp-2,
    0x1.0043eab93476ap-2, 0x1.fabd24cff9354p-3, 0x1.f4fe75c963e7ep-3, 0x1.ef4ba0fe8e09bp-3,
    0x1.e9a48005940f2p-3, 0x1.e408ed62f83a7p-3, 0x1.de78c48224f39p-3, 0x1.d8f3e1ae3eeb8p-3,
    0x1.d37a220b431fdp-3, 0x1.ce0b638f6d09fp-3, 0x1.c8a784fce1802p-3, 0x1.c34e65db9afeep-3,
    0x1.bdffe67394435p-3, 0x1.b8bbe7c72e4a5p-3, 0x1.b3824b8dcef3ep-3, 0x1.ae52f42eb5b0bp-3,
    0x1.a92dc4bc03c49p-3, 0x1.a412a0edf5cbcp-3, 0x1.9f016d1e4c512p-3, 0x1.99fa0e43e1623p-3,
    0x1.94fc69ee692a1p-3, 0x1.900866425bb79p-3, 0x1.8b1de9f5062d5p-3, 0x1.863cdc48c1af9p-3,
    0x1.816525094e7e6p-3, 0x1.7c96ac8851baep-3, 0x1.77d15b99f46fep-3, 0x1.73151b91a2839p-3,
    0x1.6e61d63ee84eap-3, 0x1.69b775ea6da28p-3, 0x1.6515e5530d1acp-3, 0x1.607d0fab06a31p-3,
    0x1.5bece0954c2b6p-3, 0x1.57654422e78f5p-3, 0x1.52e626d078c49p-3, 0x1.4e6f7583cb6fap-3,
    0x1.4a011d8983096p-3, 0x1.459b0c92dccc6p-3, 0x1.413d30b386a9ap-3, 0x1.3ce7785f8a905p-3,
    0x1.3899d2694d5c9p-3, 0x1.34542dffa0cafp-3, 0x1.30167aabe7d6ep-3, 0x1.2be0a8504cf34p-3,
    0x1.27b2a72609940p-3, 0x1.238c67bbbe878p-3, 0x1.1f6ddaf3dca65p-3, 0x1.1b56f2031d666p-3,
    0x1.17479e6f0ae78p-3, 0x1.133fd20c9712fp-3, 0x1.0f3f7efec1720p-3, 0x1.0b4697b54b62fp-3,
    0x1.07550eeb7a5bep-3, 0x1.036ad7a6e7f04p-3, 0x1.ff0fca6cbea8dp-4, 0x1.f758566190414p-4,
    0x1.efaf3ae83c33cp-4, 0x1.e8146048eb9ccp-4, 0x1.e087af561bafbp-4, 0x1.d909116ad9398p-4,
    0x1.d198706914dd7p-4, 0x1.ca35b6b80fd57p-4, 0x1.c2e0cf42e10afp-4, 0x1.bb99a5771268fp-4,
    0x1.b460254356548p-4, 0x1.ad343b1655465p-4, 0x1.a615d3dd938b7p-4, 0x1.9f04dd046f428p-4,
    0x1.9801447336b70p-4, 0x1.910af88e574b9p-4, 0x1.8a21e835a533bp-4, 0x1.834602c3bc4bap-4,
    0x1.7c77380d7a6f3p-4, 0x1.75b5786193c1ep-4, 0x1.6f00b488416b6p-4, 0x1.6858ddc30b620p-4,
    0x1.61bde5ccadef7p-4, 0x1.5b2fbed91bb3ep-4, 0x1.54ae5b959d036p-4, 0x1.4e39af290d929p-4,
    0x1.47d1ad343985cp-4, 0x1.417649d25b10ep-4, 0x1.3b277999b9f9ep-4, 0x1.34e5319c6e718p-4,
    0x1.2eaf676948dd1p-4, 0x1.2886110ce0570p-4, 0x1.22692512c9d8cp-4, 0x1.1c589a86fa340p-4,
    0x1.165468f755392p-4, 0x1.105c88756ca50p-4, 0x1.0a70f19871b3bp-4, 0x1.04919d7f5c817p-4,
    0x1.fd7d0ba699676p-5, 0x1.f1ef49944e834p-5, 0x1.e679ea52eb2e5p-5, 0x1.db1ce49315810p-5,
    0x1.cfd83031e794ap-5, 0x1.c4abc640721e9p-5, 0x1.b997a10bed985p-5, 0x1.ae9bbc26a8084p-5,
    0x1.a3b81471bf138p-5, 0x1.98eca827b7c4cp-5, 0x1.8e3976e80776dp-5, 0x1.839e81c3a396bp-5,
    0x1.791bcb4ab089ep-5, 0x1.6eb1579b6af52p-5, 0x1.645f2c726a041p-5, 0x1.5a25513c5d2cap-5,
    0x1.5003cf296c5ebp-5, 0x1.45fab14266b19p-5, 0x1.3c0a047ff18ffp-5, 0x1.3231d7e3f14aep-5,
    0x1.28723c956c00cp-5, 0x1.1ecb45ff312d4p-5, 0x1.153d09f19b3a1p-5, 0x1.0bc7a0c7cd651p-5,
    0x1.026b2590dfaeep-5, 0x1.f24f6c7af9890p-6, 0x1.dffae7a517468p-6, 0x1.cdd9054331b0cp-6,
    0x1.bbea150fa5870p-6, 0x1.aa2e6e6924e9bp-6, 0x1.98a670f132a48p-6, 0x1.8752853ec9967p-6,
    0x1.76331da87fc96p-6, 0x1.6548b72a24077p-6, 0x1.5493da6ab0251p-6, 0x1.44151ce87f0bep-6,
    0x1.33cd225315d84p-6, 0x1.23bc9e1b93a32p-6, 0x1.13e4554725f5fp-6, 0x1.04452091e02f0p-6,
    0x1.e9bfdde89c7cep-7, 0x1.cb6b9146e2757p-7, 0x1.ad8fa5542c92dp-7, 0x1.902ea688fa7bdp-7,
    0x1.734b6e6aa74f5p-7, 0x1.56e930be416cbp-7, 0x1.3b0b8c1516f62p-7, 0x1.1fb69edb37671p-7,
    0x1.04ef2295fd7f9p-7, 0x1.d5751fa745dc5p-8, 0x1.a23e9d4974836p-8, 0x1.7049f37ec3620p-8,
    0x1.3fa97cee322fdp-8, 0x1.1073d69574043p-8, 0x1.c58b381cd4b11p-9, 0x1.6d888f3a1feffp-9,
    0x1.1946ba8e1a324p-9, 0x1.92bb5540c3e25p-10, 0x1.fb20af78dfcb9p-11, 0x1.dc31c329f0b4bp-12
  };

  private Ziggurat() {}

  /** Draws from the normal distribution with mean 0 and variance 1. */
  static double normal(RandomStream random) {
    long word = random.next64();
    int layer = (int) word & 0xff;
    long steps = (word >>> 9) & 0xf_ffff_ffff_ffffL;
    // Bit 8 is the sign; flipping it in the bits saves a branch that cannot be predicted.
    double x =
        Double.longBitsToDouble(
            Double.doubleToRawLongBits(steps * NORMAL_WIDTH[layer]) ^ ((word & 0x100) << 55));
    return steps < NORMAL_INSIDE[layer] ? x : normalAtEdge(random, layer, steps, x);
  }

  /** The rare rest: the tail, or a layer's end partly above the curve. */
  private static double normalAtEdge(RandomStream random, int layer, long steps, double x) {
    if (layer == 0) {
      return normalTail(random, (steps & 0x100) != 0);
    }
    double[] height = NORMAL_HEIGHT;
    double y = (height[layer - 1] - height[layer]) * random.random() + height[layer];
    return y < StrictMath.exp(-0.5 * x * x) ? x : normal(random);
  }

  private static double normalTail(RandomStream random, boolean negative) {
    double beyond;
    double y;
    do {
      beyond = -NORMAL_TAIL_INVERSE * StrictMath.log1p(-random.random());
      y = -StrictMath.log1p(-random.random());
    } while (!(y + y > beyond * beyond));
    double x = NORMAL_TAIL + beyond;
    return negative ? -x : x;
  }

  /** Draws from the exponential distribution with mean 1. */
  static double exponential(RandomStream random) {
    long word = random.next64() >>> 3;
    int layer = (int) word & 0xff;
    long steps = word >>> 8;
    double x = steps * EXPONENTIAL_WIDTH[layer];
    return steps < EXPONENTIAL_INSIDE[layer] ? x : exponentialAtEdge(random, layer, x);
  }

  private static double exponentialAtEdge(RandomStream random, int layer, double x) {
    if (layer == 0) {
      return EXPONENTIAL_TAIL - StrictMath.log1p(-random.random());
    }
    double[] height = EXPONENTIAL_HEIGHT;
    double y = (height[layer - 1] - height[layer]) * random.random() + height[layer];
    return y < StrictMath.exp(-x) ? x : exponential(random);
  }
}
