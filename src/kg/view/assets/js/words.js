// The page's own words, in both languages.
const WORDS = {
  zh: {
    heading: '知识图谱', entities: '个实体', statements: '条陈述', figures: '个数字', skip: '跳到搜索与详情',
    graph: '关系图。用方向键平移，加减号缩放，Esc 取消选中；每个实体也可用搜索或表格到达。',
    search: '搜索：汉字、英文、拼音或首字母', noMatch: '没有找到', matches: '个结果', more: '还有',
    legend: '图例', details: '详情', route: '路径', map: '地图', table: '表格', picture: '图', download: '下载',
    light: '浅色', dark: '深色', other: 'EN', otherTitle: 'Switch to English',
    classes: '类型', properties: '关系', all: '全选', none: '全不选',
    about: '关于此图', query: '查询', chosen: '选取范围', keys: '键盘',
    keysText: '/ 搜索；方向键平移；+ − 缩放；0 全图；Esc 取消选中；Tab 到达其余一切。',
    points: '每个点是一个实体，都可以点选；放大后显示更多名称。',
    leftOut: '本体声明不绘制的属性',
    nothing: '在图上点一个实体或一条边，或先搜索。', empty: '没有可画的内容：所选范围内没有实体。',
    zoomIn: '放大', zoomOut: '缩小', fit: '显示全图',
    expand: '再展开一步', shrink: '少展开一步', step: '步之内', from: '以此为起点', to: '以此为终点', copy: '复制链接', copied: '已复制',
    clear: '取消选中', alias: '又称', numbers: '数字', attributes: '属性', relations: '关系', said: '说过', verbatim: '原文',
    compared: '范围', list: '榜单', period: '时间', method: '得出方法', speaker: '发言', written: '报道', reference: '参考来源', noQuote: '没有引文', background: '背景资料，非报道所述', chars: '字符',
    facts: '条事实', edge: '这条边上的事实', between: '之间', restFacts: '其余',
    start: '起点', end: '终点', find: '找最短路径', swap: '对调', noPath: '在目前显示的类型和关系中，两者之间没有路径。',
    same: '起点和终点是同一个实体。', steps: '步', pick: '选择两个实体，看它们怎样经由报道的原话相连。', pathFound: '最短路径',
    mapNote: '各地大致坐标（可能为 GCJ-02），无底图。', outside: (n) => `另有 ${n} 处在图外。`, mapped: (n, all) => `${all} 处中画出联系最多的 ${n} 处。`, mapLabel: '有坐标的实体',
    subject: '主体', property: '关系或指标', object: '对象或数值', when: '时间与限定', quote: '引文', by: '发言人', article: '报道与来源',
    rows: '行', moreRows: '再显示', printed: (n, all) => `打印的是前 ${n} 行；全部 ${all} 行请下载 CSV。`, onlyFocus: '只看选中实体及其邻居', tableLabel: '全部陈述', sort: '按此列排序',
    png: '图片 PNG', svg: '矢量图 SVG', graphml: 'GraphML（全部）', csv: '表格 CSV（全部）', saved: '已保存',
    focused: '已选中', hidden: '已隐藏', back: '返回',
  },
  en: {
    heading: 'Knowledge graph', entities: 'entities', statements: 'statements', figures: 'figures', skip: 'Skip to search and details',
    graph: 'Graph. Arrow keys pan, plus and minus zoom, Escape clears; every entity can also be reached by search or table.',
    search: 'Search: Chinese, English, pinyin or initials', noMatch: 'Nothing found', matches: 'results', more: 'more:',
    legend: 'Legend', details: 'Details', route: 'Path', map: 'Map', table: 'Table', picture: 'Graph', download: 'Download',
    light: 'Light', dark: 'Dark', other: '中文', otherTitle: '切换到中文',
    classes: 'Classes', properties: 'Relations', all: 'All', none: 'None',
    about: 'About this graph', query: 'Query', chosen: 'Selection', keys: 'Keyboard',
    keysText: '/ search; arrows pan; + − zoom; 0 whole graph; Esc clears; Tab reaches everything else.',
    points: 'Every point is an entity and can be clicked; more names appear as you zoom in.',
    leftOut: 'Properties that the ontology declares hidden',
    nothing: 'Click an entity or an edge, or search first.', empty: 'Nothing to draw: the selection holds no entity.',
    zoomIn: 'Zoom in', zoomOut: 'Zoom out', fit: 'Whole graph',
    expand: 'Expand a step', shrink: 'Back a step', step: 'steps around', from: 'Path from here', to: 'Path to here', copy: 'Copy link', copied: 'Copied',
    clear: 'Clear', alias: 'Also called', numbers: 'Figures', attributes: 'Attributes', relations: 'Relations', said: 'Said', verbatim: 'In the words of the page',
    compared: 'within', list: 'list', period: 'Period', method: 'Method', speaker: 'Speaker', written: 'Article', reference: 'Reference', noQuote: 'No quote', background: 'Background, not stated by the page', chars: 'characters',
    facts: 'facts', edge: 'Facts on this edge', between: 'between', restFacts: 'The other',
    start: 'From', end: 'To', find: 'Find the shortest path', swap: 'Swap', noPath: 'Among the classes and relations shown, no path links the two.',
    same: 'Both ends are the same entity.', steps: 'steps', pick: 'Pick two entities to see in which words of the page they are linked.', pathFound: 'Shortest path',
    mapNote: 'Approximate coordinates (probably GCJ-02), no base map.', outside: (n) => `${n} more lie outside the frame.`, mapped: (n, all) => `The ${n} best-linked of ${all} places.`, mapLabel: 'Entities with coordinates',
    subject: 'Subject', property: 'Relation or measure', object: 'Object or value', when: 'Period and qualifier', quote: 'Quote', by: 'Speaker', article: 'Article and source',
    rows: 'rows', moreRows: 'Show', printed: (n, all) => `The first ${n} rows are printed; download the CSV for all ${all}.`, onlyFocus: 'Only the selected entity and its neighbours', tableLabel: 'All statements', sort: 'Sort by this column',
    png: 'Picture, PNG', svg: 'Drawing, SVG', graphml: 'GraphML (all)', csv: 'Table, CSV (all)', saved: 'Saved',
    focused: 'Selected', hidden: 'hidden', back: 'Back',
  },
};

/** The page's word for something, in the language that is on. */
const say = (key, ...values) => {
  const word = WORDS[state.lang][key];
  return typeof word === 'function' ? word(...values) : word;
};
