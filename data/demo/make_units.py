#!/usr/bin/env python3
"""Makes data/demo/units.csv: the 1,300 units of the demo city 榕州市（演示）.

usage: make_units.py            (plain python3, no packages; writes units.csv beside itself)

The geography is the real one of Fuzhou (3501, without 平潭 350128): 12 areas, 179 towns and streets,
and 822 of their villages and communities, read from ../divisions/fujian.csv. The offices are
functional and every person and telephone is invented: no real agency is meant. One street
(350102004 榕荫街道) and one community of it (茉莉社区) carry fictional names because stories of the
demo play there.

  1 city centre · 32 city departments · 14 companies · 12 district centres ·
  240 district departments (12 x 20) · 179 towns and streets · 822 villages and communities

The duty lists end with the classes a unit leads or assists, taken from catalogue.csv and
classes.csv, so that a guard can compare a matter's class with the duty list of a unit. The same
input always gives the same bytes: names are dealt out in a fixed order, nothing is random.
"""
import csv
import os

HERE = os.path.dirname(os.path.abspath(__file__))
HOURS = "08:30-12:00,14:30-17:30"
VILLAGES = 822
SKIP_AREA = "350128"

# (code, zh, en, duties)
DEPARTMENTS = [
    ("cg", "城市管理局", "Urban Management Bureau",
     "市管道路、桥梁、照明等市政设施的养护管理；市容环境卫生管理和考核；占道经营、占道堆物、乱张贴的查处；违法建设查处的统筹；"
     "户外广告和招牌设置管理；渣土运输和餐饮油烟执法；井盖、护栏等设施隐患的应急处置；指导各区城市管理工作"),
    ("zj", "住房建设局", "Housing and Construction Bureau",
     "建筑工程质量和施工安全监督；房地产市场和商品房交付监管；物业服务和维修资金监督；公租房和住房保障；"
     "国有土地上房屋征收补偿；燃气行业管理；房屋使用安全管理"),
    ("jt", "交通运输局", "Transport Bureau",
     "公交、地铁、出租汽车行业管理；网约车和货运市场执法；国省道和农村公路养护；客运站、码头运营监督；共享单车运营秩序统筹；公共交通线网规划"),
    ("ga", "公安局(非警情)", "Public Security Bureau (non-emergency)",
     "户籍、身份证、居住证办理；出入境证件办理；社会生活噪声的劝阻和处理；养犬登记和治安管理；治安和公共秩序的非紧急诉求；紧急警情转110"),
    ("jj", "交警支队", "Traffic Police",
     "交通信号灯、标志、标线的设置和维护；机动车违停查处；道路交通组织和拥堵治理；驾驶证、机动车登记和违法处理；废弃车辆占道的查找和拖移；车行道隔离护栏管理"),
    ("sj", "市场监管局", "Market Supervision Bureau",
     "市场主体登记注册；食品、药品、医疗器械安全监管；消费投诉调解；价格和收费行为监督；电梯等特种设备安全监察；产品质量监督；广告和知识产权监管"),
    ("hb", "生态环境局", "Ecology and Environment Bureau",
     "大气、水、土壤污染防治；工业和商业场所噪声监管；排污许可和环评；污染事件调查处置；扬尘、油烟污染的监测；环境投诉受理"),
    ("sw", "水务局", "Water Bureau",
     "城市供水、排水行业管理；河长制日常工作；水利工程和防汛设施管理；取水许可和节约用水；二次供水建设改造统筹；内涝治理"),
    ("yl", "园林中心", "Parks and Trees Centre",
     "市管公园和绿地养护；行道树修剪和倒伏处置；古树名木保护；公园设施维修；绿化占用和树木移植的审核；指导小区绿化"),
    ("rs", "人社局", "Human Resources and Social Security Bureau",
     "养老、失业、工伤保险政策和经办；社保卡制发；就业创业和补贴；劳动关系和劳动保障监察；劳动人事争议仲裁；职业技能培训"),
    ("yb", "医保局", "Healthcare Security Bureau",
     "医保参保和待遇政策；异地就医备案和报销；医保断缴补缴办理；定点医药机构监管；医疗救助；药品和医用耗材价格监测"),
    ("wj", "卫健委", "Health Commission",
     "医疗机构和医疗服务监管；预防接种和疾病防控；妇幼健康和生育服务；二次供水和公共场所卫生监督；病媒生物防制；医患纠纷协调"),
    ("jy", "教育局", "Education Bureau",
     "中小学、幼儿园招生和学籍管理；学校办学行为和收费监管；校外培训机构管理；教师队伍管理；学生资助；校园安全和食堂管理"),
    ("mz", "民政局", "Civil Affairs Bureau",
     "低保、特困和临时救助；养老服务和助餐；婚姻登记；殡葬管理；地名和路名牌管理；社会组织登记；基层政权和社区建设"),
    ("zr", "自然资源规划局", "Natural Resources and Planning Bureau",
     "城乡规划编制和许可；用地审批和供应；集体土地征收；规划公示和咨询；地质灾害防治；林业和海洋管理"),
    ("bdc", "不动产登记中心", "Real Estate Registry",
     "不动产首次、转移、变更登记；抵押和预告登记；不动产档案查询；历史遗留问题登记协调；登记窗口管理"),
    ("gjj", "公积金中心", "Housing Fund Centre",
     "公积金缴存和账户管理；租房、购房提取；公积金贷款；异地转移接续；缴存单位执法"),
    ("sws", "税务局", "Tax Bureau",
     "税费申报和征收；社保费缴纳；发票管理；个人所得税汇算；税收优惠咨询；涉税举报受理"),
    ("wl", "文旅局", "Culture and Tourism Bureau",
     "文化场馆开放和服务；旅行社、景区和民宿监管；文物和历史街区保护；文化市场执法；广播电视管理；公共文化活动"),
    ("ty", "体育局", "Sports Bureau",
     "全民健身设施建设和维修；公共体育场馆开放；体育类预付卡管理；游泳等高危项目监管；群众赛事活动"),
    ("ny", "农业农村局", "Agriculture and Rural Affairs Bureau",
     "惠农补贴发放；宅基地管理指导；农产品质量安全；动物疫病防控；农技推广；农村集体资产和村务公开指导"),
    ("sh", "商务局", "Commerce Bureau",
     "商贸流通和市场建设；单用途预付卡管理；加油站、成品油管理；家政服务行业管理；电商和会展；农贸市场规划"),
    ("gx", "工信局", "Industry and Information Bureau",
     "工业运行和中小企业服务；通信基础设施协调；电话宽带服务诉求的协调；无线电干扰协调；电力运行协调；企业诉求办理"),
    ("yj", "应急局", "Emergency Management Bureau",
     "安全生产综合监管；台风、暴雨等灾害应急指挥；生产安全事故调查；危险化学品监管；防灾减灾和救灾物资；应急避难场所管理"),
    ("xf", "消防救援支队", "Fire and Rescue",
     "消防监督检查；消防通道堵塞和火灾隐患处理；电动自行车充电停放安全；消火栓使用状况的核查和督促；消防宣传；火警转119"),
    ("sf", "司法局", "Justice Bureau",
     "法律援助；公证管理；人民调解；行政复议；律师和基层法律服务管理；社区矫正"),
    ("xz", "行政服务中心", "Administrative Service Centre",
     "政务大厅窗口管理；网上办事和预约咨询；好差评核实整改；帮办代办；事项和办事指南管理；部门进驻窗口考核"),
    ("sjz", "数据中心", "Data Centre",
     "政务服务平台运行维护；电子证照和数据共享；热线系统技术保障；公共数据开放；网络和信息安全"),
    ("tj", "退役军人局", "Veterans Affairs Bureau",
     "退役军人安置和就业；优待证办理；优抚对象待遇；烈士纪念设施管理；退役军人来访接待"),
    ("cl", "残联", "Disabled Persons' Federation",
     "残疾人证办理协调；残疾人补贴和康复；残疾人就业培训；无障碍设施监督；辅助器具适配"),
    ("xfj", "信访局", "Petitions Bureau",
     "来信来访受理和转办；信访事项督查；疑难信访协调；人民建议征集；信访程序告知"),
    ("zfb", "政府办公室(督查)", "Government Office (supervision)",
     "领导批示的督查；疑难诉求的协调和指定承办；重大事项督办；工作作风和违规收费线索的转办；分类未尽诉求的甄别；建议类诉求的办理"),
]
COMPANIES = [
    ("water", "自来水公司", "Water Company",
     "市区供水和管网抢修；水表前水管漏水维修；市政消防栓维护；停水公告和临时供水；水质水压检测；水费和水表过户"),
    ("drain", "排水公司", "Drainage Company",
     "市政雨污水管网养护；污水管堵塞外溢疏通；道路积水抢排；雨水口清掏；排水井盖更换；污水泵站运行"),
    ("gas", "燃气公司", "Gas Company",
     "管道燃气供应；燃气泄漏抢险；停气公告和恢复；入户安检；开户、点火和改管；燃气费和燃气表"),
    ("power", "供电公司", "Power Company",
     "市区供电和抢修；停电公告；电表和电费；线缆低垂脱落处置；电力井盖和杆箱维护；用电安全检查"),
    ("bus", "公交公司", "Bus Company",
     "公交线路运营；司乘服务诉求处理；公交站亭站牌维护；线路和班次调整建议；老年卡和学生卡；失物招领"),
    ("metro", "地铁公司", "Metro Company",
     "地铁运营服务；车站设施和电梯维护；站内秩序和禁带物品；接驳建议；票务和失物招领"),
    ("lamp", "路灯管理处", "Street Lamp Office",
     "市管道路路灯维修；夜景照明维护；灯杆和配电箱安全检查；未亮路灯的限时修复；新建道路路灯的接管"),
    ("tv", "有线电视公司", "Cable Television Company",
     "有线电视信号和故障维修；机顶盒和收视费；广电线缆整理；广电杆箱维护；装机和迁移"),
    ("tela", "通信甲", "Telecom A",
     "固话、宽带、移动服务；资费和合约争议；通信线缆整理；通信井盖和箱体维护；基站故障处理"),
    ("telb", "通信乙", "Telecom B",
     "移动和宽带服务；资费和合约争议；通信线缆整理；通信井盖和箱体维护；信号覆盖优化"),
    ("telc", "通信丙", "Telecom C",
     "移动和宽带服务；资费和合约争议；通信线缆整理；通信井盖和箱体维护；携号转网办理"),
    ("clean", "环卫公司", "Cleansing Company",
     "道路清扫保洁；垃圾清运；公厕保洁；果皮箱和垃圾桶维护；大件垃圾预约清运；小广告清理"),
    ("park", "停车公司", "Parking Company",
     "道路泊位收费管理；公共停车场运营；停车费退费和申诉；泊位标识维护；包月和错时停车"),
    ("river", "内河管理中心", "Inland River Centre",
     "内河水面和岸线保洁；内河水质和异味治理；河道护栏和步道维护；闸站运行；汛期内河水位调度"),
]
# the twenty kinds of department every district has; duties of a district's own
DISTRICT_DUTIES = {
    "cg": "区管道路、人行道的养护；占道经营和占道堆物查处；违法建设制止和拆除；垃圾清运和道路保洁；乱张贴小广告清理；公厕和环卫设施管理；餐饮油烟执法",
    "zj": "辖区物业服务监督；维修资金使用指导；工地扬尘和施工安全检查；房屋征收补偿实施；老旧小区改造；危房排查",
    "jt": "县乡道养护；农村客运和公交协调；超限运输检查；码头渡口安全；交通运输服务诉求办理",
    "sj": "辖区消费投诉调解；食品药品安全检查；个体户和企业登记；电梯故障停运的督促；价格和收费检查；商品质量抽查",
    "hb": "辖区废气、废水、异味的查处；商业经营噪声的查处；餐饮油烟监测；小微企业环保指导；污染隐患巡查",
    "sw": "农村供水管理；小区外排水设施督促；河长制落实；山塘水库安全；防汛物资和值守",
    "yl": "区管公园和绿地养护；绿地破损补植；树木修剪；公园设施维修；古树名木巡查",
    "rs": "劳动保障监察；拖欠工资处理；劳动争议仲裁；就业补贴和失业登记；城乡居民养老保险经办",
    "yb": "居民医保参保登记；异地就医备案；手工报销受理；医疗救助；定点药店检查",
    "wj": "社区卫生服务管理；预防接种；病媒生物消杀；公共场所卫生监督；生育登记",
    "jy": "义务教育招生和转学；学校和幼儿园管理；校外培训检查；学校收费监督；课后服务",
    "mz": "低保和临时救助审核；婚姻登记；养老服务和助餐点；殡葬管理；地名管理；社区建设指导",
    "zr": "用地和规划核查；集体土地征收；违法用地查处；地质灾害巡查；村庄规划",
    "wl": "文化馆、图书馆开放；景区和民宿检查；文化市场检查；健身器材维修协调；文物巡查",
    "ny": "宅基地审批指导；惠农补贴发放；动物防疫；农产品检测；村务公开和集体资产监督",
    "sh": "农贸市场管理；预付卡投诉处理；商贸企业服务；再生资源回收管理；加油站检查",
    "yj": "企业安全生产检查；防汛防台风应急；森林防灭火；安全生产举报核查；避险转移组织",
    "sf": "法律援助受理；人民调解；公证咨询；行政复议；社区法律顾问",
    "xz": "区政务大厅窗口管理；网上办事咨询；帮办代办；好差评核实；街道便民服务中心指导",
    "xfj": "来信来访接待；信访事项转办；信访积案化解；信访程序告知；人民建议征集",
}
CENTRE_DUTIES = "热线、网站、短信等渠道的受理；咨询即问即答；诉求批转、跟踪、审核；回访和归档；会商、指定牵头和兜底；统计通报和考核"
DISTRICT_CENTRE_DUTIES = "承接市中心批转的诉求；向区部门、街道和乡镇批转；辖区诉求的会商和指定承办；答复审核；超期预警和催办；辖区统计通报"
STREET_DUTIES = "背街小巷和老旧小区环境巡查；占道堆物和乱张贴劝导；无物业小区的协调；邻里纠纷调解；低保、临时救助初审；养老助餐点管理；消防通道和楼道堆物巡查；防汛避险转移；社区便民服务"
TOWN_DUTIES = "村镇环境卫生和垃圾收集；村道养护；宅基地和违法建设巡查；邻里和土地纠纷调解；低保、临时救助初审；惠农补贴登记；河道保洁；防汛避险转移；村务公开督促"
FARM_DUTIES = "场区环境卫生；场区道路和设施维护；职工和居民生活服务；土地承包和补贴登记；防汛避险转移；纠纷调解"
TOWN_CLASSES = ("city.sweep", "city.pile", "city.ad", "env.noise_life", "safety.fire", "safety.typhoon", "civil.aid", "civil.elder")
COMMUNITY_DUTIES = "社区环境巡查；邻里纠纷劝解；楼道堆物劝导；困难群众走访；便民服务代办"
VILLAGE_DUTIES = "村庄保洁；邻里纠纷劝解；村务公开；困难群众走访；防汛预警转移"

AREA_EN = {"350102": "Gulou District", "350103": "Taijiang District", "350104": "Cangshan District",
           "350105": "Mawei District", "350111": "Jin'an District", "350112": "Changle District",
           "350121": "Minhou County", "350122": "Lianjiang County", "350123": "Luoyuan County",
           "350124": "Minqing County", "350125": "Yongtai County", "350181": "Fuqing City"}

# fictional names, and names the division list gives without their last word
RENAMED = {"350102004": "榕荫街道", "350102004001": "茉莉社区", "350123500": "罗源湾经济开发区",
           "350181400": "江镜华侨农场", "350181401": "东阁华侨农场"}
NAMED_EN = {"350102004": "Rongyin Street", "350102004001": "Moli Community", "350104400": "Hongxing Farm",
            "350121400": "Jiangyang Farm", "350123500": "Luoyuan Bay Economic Zone",
            "350181400": "Jiangjing Overseas Chinese Farm",
            "350181401": "Dongge Overseas Chinese Farm", "350181400507": "Farm Headquarters Area",
            "350122205": "Xiaocang She Township", "350123203": "Huokou She Township"}
# the persons who have an account in the demo are the liaisons of their units
LIAISON = {"centre": "郑远", "cg": "何叶", "water": "江波", "350111-centre": "叶台", "350102004": "黄墙"}

SURNAMES = "陈林黄郑吴王张李刘杨叶江何郭许蔡曾苏谢余潘游卢邱方朱肖魏高程詹薛阮翁池官施柯董范"
GIVEN_1 = "榕茉溪岚屿舟帆汀澄霁禾穗苇棠槿桐楠枫芷蕴"
GIVEN_2 = "安宁和平远舒清明朗遥沐晨望川野然若知行言"

# readings of the characters in the names of Fuzhou's divisions, for the English names
PINYIN = """
ai爱硋 an安岸 ao奥敖澳鳌 ba八坝拔芭 bai柏白百 ban伴半坂板 bang邦 bao保堡宝报 bei北卑贝 bi壁彼碧笔鼻 bian便边 biao表 bie别 bin宾斌滨 bing柄
bo博波 bu卜埠布步部 cai彩才菜蔡 cang仓沧苍 cao曹草 cen岑 cha叉垞槎茶 chai柴 chan蝉 chang厂场菖长 chao朝潮超 che车 chen晨辰陈
cheng乘城埕塍成澄程 chi池赤 chong冲崇重 chou筹 chu出初 chuan川船 chuang创窗 chun春椿 ci祠 cui崔翠 cun村 cuo厝 da大达 dai岱带 dan丹淡
dang党垱当 dao岛道 de德 deng灯登 di地堤底第 dian店点电 diao钓 die叠 ding定顶鼎 dong东洞董 dou兜斗 du杜渡读都 dui对碓 dun墩盾 e峨鹅 en恩
er二儿 fa发 fan帆藩饭 fang坊房方 fei朏蜚飞 fen份奋汾 feng丰俸冯凤峰锋风 fu付富府扶拂洑浮福芙辅阜 gai盖 gan干感杆甘 gang岗港 gao皋高 ge格葛阁隔
gen根 geng耕 gong公功宫工拱 gu古谷鼓 gua瓜 guan关冠官琯管观馆 guang光广 gui桂瑰贵 guo国过郭 ha蛤 hai亥海 han汉瀚罕韩 hang杭航 hao豪
he何合和河禾荷鹤 heng恒横 hong宏洪红鸿 hou侯厚后猴 hu壶户护沪湖笏葫虎 hua化华花 huai槐淮 huan宦环 huang凰璜皇黄 hui会晖辉迴 huo活火获霍
ji吉基机济漈矶积继迹际集鸡 jia佳加嘉家架甲 jian健剑尖建涧见鉴 jiang姜江蒋降 jiao交峤焦礁胶茭蕉角 jie截捷界结街 jin晋津进金锦 jing井京境景经荆警迳镜 jiu九酒
ju举局居桔炬莒菊 jun军君浚骏 kai凯开 kan看 kang康 ke克可柯科 keng坑 kong孔 kou口 ku库 kua跨 kuai快 kuan宽 kui奎魁 kun坤崑昆 lai濑赖
lan兰岚栏榄澜览 lang朗浪琅 lao劳老 le乐 lei雷 li丽利力坜李梨理礼立莉蛎里鲤黎 lian濂联莲连 liang亮凉梁良 liao寮燎蓼 lie烈 lin临廪林麟 ling岭灵
liu六刘柳榴流 long垄垅陇隆龙 lou楼漏 lu卢庐炉禄胪芦菉路陆鹭鹿 luan銮 lun仑 luo洛罗落螺逻 lyu吕绿 ma蟆马麻 mai麦 man满 mao茂 mei嵋梅湄玫眉美 men门
meng梦 mi弥 mian棉面 miao庙苗 min民闽 ming名明 mo模磨茉 mu幕木牡目 nan南 ni倪拟泥 nian念碾 niang娘 ning宁 niu牛 nong农 ou欧
pai排牌 pan攀泮潘畔盘磐 pei培 peng彭朋蓬鹏 pi毗 ping坪屏平 po坡婆破 pu圃埔普浦莆蒲铺 qi七奇岐旗棋漆砌起齐 qia洽 qian乾前堑墘谦钱阡 qiang墙强
qiao侨桥 qin勤沁琴秦芹 qing庆清青 qiong琼 qiu丘坵秋邱 qu区 quan泉 que阙 qun群 rang壤 ren人仁任认 ri日 rong榕荣蓉融 ru儒如茹 rui瑞
ruo箬 san三 se瑟 sha沙砂 shan善山杉汕鳝 shang上尚 shao少绍 she畲社舍 shen沈深绅 sheng升圣生盛省胜 shi十市师施柿狮石 shou守寿首 shu曙树
shuang双 shui水 si四思 song嵩松 su苏 suan蒜 ta塔 tai台太泰苔 tan坛昙潭磹 tang唐堂塘汤 tao桃陶 teng腾藤 ti体梯题 tian天田 tie铁
ting亭厅庭廷汀 tong同桐潼通铜 tou头透 tu土 tuan团 tui腿 tun屯 tuo陀 wa瓦 wai外 wan万湾 wang旺王网辋 wei卫围委尾纬魏 wen文汶温闻 weng翁
wo沃窝 wu乌五务午吴吾坞巫梧武舞 xi喜曦溪西锡 xia下厦夏峡霞 xian仙先县显贤限 xiang乡向响巷庠湘祥翔象项香 xiao孝宵小晓筱肖霄 xie协斜蟹谢 xin信心新鑫
xing兴幸星杏行醒 xiong雄 xiu秀绣 xu徐虚许 xue穴薛雪 xun巽汛浔 ya亚雅 yan岩沿演燕盐雁颜 yang杨洋阳 yao姚尧瑶窑耀腰 ye业叶野 yi一义仪夷宜已怡意沶益翼谊颐驿
yin印茵荫银阴音 ying应瀛英莺营迎 yong永 you优佑友右尤攸油游由 yu于余屿渔玉育芋虞裕鱼 yuan元原园垣渊源苑辕远院员 yue岳悦月越跃 yun云韵 zao灶 ze泽 zeng增
zhai宅寨 zhan占展战站 zhang丈张樟漳 zhao招照 zhe柘蔗 zhen圳枕珍真镇阵 zheng争征政正郑 zhi治祉芝 zhong中钟 zhou周州洲 zhu主朱渚珠祝竹筑
zhuang庄状 zhuo卓 zi字梓紫 zou邹 zu族祖 zuo作左祚
"""
READING = {c: "".join(x for x in group if x.isascii())
           for group in PINYIN.split() for c in group if not c.isascii()}


def pinyin(text):
    parts = [READING[c] for c in text]
    word = parts[0]
    for p in parts[1:]:
        word += ("'" if p[0] in "aeo" else "") + p
    return word.capitalize()


def read(*path):
    with open(os.path.join(HERE, *path), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def place_en(code, name):
    if code in NAMED_EN:
        return NAMED_EN[code]
    name = name.replace("（畲族）", "")
    if name.startswith("第") and name.endswith("管理区"):
        return "Management Area %d" % ("一二三四五六七八九".index(name[1:-3]) + 1)
    for end, word in (("街道", " Street"), ("镇", " Town"), ("乡", " Township"), ("社区", " Community"),
                      ("村", " Village"), ("区", " Area")):
        if name.endswith(end) and len(name) > len(end):
            return pinyin(name[:-len(end)]) + word
    return pinyin(name)


def committee_name(name):
    """建海社区居委会 -> 建海社区, 江洋村委会 -> 江洋村: the place, not the committee."""
    if name.endswith("区村委会"):
        return name[:-len("村委会")]
    for end in ("社区委员会", "社区居民居委会", "社区居民委员会", "社区居委会", "社区居委"):
        if name.endswith(end):
            return name[:-len(end)] + "社区"
    for end in ("村民委员会", "村委员会", "村委会", "村会", "村委"):
        if name.endswith(end):
            return name[:-len(end)] + "村"
    for end in ("居民委员会", "居委会"):
        if name.endswith(end):
            return name[:-len(end)] + "社区"
    return name


def choose_villages(towns, villages):
    """822 villages, as many from each town as from the next: rounds of one for each town that still
    has one; the last, partial round takes towns at equal distances. Inside a town they lie at equal
    distances in code order."""
    share = {t: 0 for t in towns}
    left = VILLAGES
    while left:
        open_towns = [t for t in towns if share[t] < len(villages[t])]
        take = open_towns
        if left < len(open_towns):
            first = [t for t in open_towns if t == "350102004"]
            rest = [t for t in open_towns if t not in first]
            n = left - len(first)
            take = first + [rest[i * len(rest) // n] for i in range(n)]
        for t in take:
            share[t] += 1
        left -= len(take)
    chosen = []
    for t in towns:
        v = villages[t]
        chosen += [v[i * len(v) // share[t]] for i in range(share[t])]
    return chosen


def main():
    divisions = read("..", "divisions", "fujian.csv")
    name = {d["code"]: RENAMED.get(d["code"], d["name"]) for d in divisions}
    areas = [d["code"] for d in divisions if d["level"] == "3" and d["parent"] == "3501" and d["code"] != SKIP_AREA]
    towns = [d["code"] for d in divisions if d["level"] == "4" and d["parent"] in areas]
    villages = {t: [] for t in towns}
    for d in divisions:
        if d["level"] == "5" and d["parent"] in villages and "虚拟" not in d["name"]:
            villages[d["parent"]].append(d["code"])

    class_zh = {c["code"]: c["zh"] for c in read("classes.csv")}
    leads, assists = {}, {}
    for row in read("catalogue.csv"):
        if "." in row["class"]:
            for table, codes in ((leads, [row["lead"]]), (assists, row["assist"].split(";"))):
                for code in codes:
                    if code and row["class"] not in table.setdefault(code, []):
                        table[code].append(row["class"])

    def with_classes(text, *keys):
        for word, table in (("承办诉求", leads), ("协办诉求", assists)):
            seen = []
            for key in keys:
                seen += [c for c in table.get(key, []) if c not in seen]
            if seen:
                text += "；" + word + "：" + "、".join(class_zh[c] for c in seen)
        return text

    rows = []
    dealt = set(LIAISON.values())
    number = 0

    def liaison(code):
        nonlocal number
        if code in LIAISON:
            return LIAISON[code]
        while True:
            s = SURNAMES[number * 7 % len(SURNAMES)]
            a = GIVEN_1[(number * 3 + number // 40) % len(GIVEN_1)]
            b = GIVEN_2[(number * 11 + number // 20 + number // 400) % len(GIVEN_2)]
            number += 1
            full = s + a + b
            if full not in dealt:
                dealt.add(full)
                return full

    def add(code, parent, zh, en, level, region, group, duties, phone):
        rows.append((code, parent, zh, en, level, region, group, duties, liaison(code),
                     "0591-0000 %04d" % phone, HOURS))

    # 0100 the centre, 0101-0132 departments, 0133-0146 companies, 0147-0158 district centres; then each
    # district has three duty numbers (departments, towns, villages): 0159-0194
    add("centre", "", "榕州市12345中心", "Rongzhou 12345 Centre", 1, "3501", "centre", CENTRE_DUTIES, 100)
    for i, (code, zh, en, duties) in enumerate(DEPARTMENTS):
        add(code, "centre", zh, en, 2, "3501", "city", with_classes(duties, code), 101 + i)
    for i, (code, zh, en, duties) in enumerate(COMPANIES):
        add(code, "centre", zh, en, 2, "3501", "company", with_classes(duties, code), 133 + i)
    for i, a in enumerate(areas):
        add(a + "-centre", "centre", name[a] + "12345中心", AREA_EN[a] + " 12345 Centre", 2, a, "district",
            DISTRICT_CENTRE_DUTIES, 147 + i)
    by_code = {d[0]: d for d in DEPARTMENTS}
    for i, a in enumerate(areas):
        for dept, duties in DISTRICT_DUTIES.items():
            _, zh, en, _ = by_code[dept]
            code = a + "-" + dept
            add(code, a + "-centre", name[a] + zh, AREA_EN[a] + " " + en, 3, a, "district_department",
                with_classes(duties, "@" + dept, code), 159 + 3 * i)
    line = "；协助诉求：" + "、".join(class_zh[c] for c in TOWN_CLASSES)
    for t in towns:
        zh = name[t]
        duties = STREET_DUTIES if zh.endswith("街道") else TOWN_DUTIES if zh.endswith(("镇", "乡")) else FARM_DUTIES
        add(t, t[:6] + "-centre", zh, place_en(t, zh), 3, t[:6], "town", duties + line,
            160 + 3 * areas.index(t[:6]))
    for v in choose_villages(towns, villages):
        zh = committee_name(name[v])
        duties = VILLAGE_DUTIES if zh.endswith("村") else COMMUNITY_DUTIES
        add(v, v[:9], zh, place_en(v, zh), 4, v[:6], "village", duties, 161 + 3 * areas.index(v[:6]))

    with open(os.path.join(HERE, "units.csv"), "w", encoding="utf-8", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(("code", "parent", "zh", "en", "level", "region", "group", "duties", "liaison", "phone", "office_hours"))
        w.writerows(rows)
    print(len(rows), "units")


if __name__ == "__main__":
    main()
