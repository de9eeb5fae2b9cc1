"""Syllables that no Vietnamese word has, written by a slip for another one: hỏi for ngã, n for ng."""

from __future__ import annotations

_PAIRS = """
    bảng:bãng bảy:bãy biểu:biễu cả:cã cảnh:cãnh chảy:chãy chẩn:chẫn chỉ:chĩ chỗ:chổ chủ:chũ chữ:chử chuyển:chuyễn cỡ:cở
    cổng:cỗng của:cũa dẫn:dẩn dễ:dể diễn:diển dưỡng:dưởng dũng:dủng đảm:đãm đảo:đão điểm:điễm đỡ:đở đủ:đũ
    giảm:giãm giảng:giãng giữ:giử gửi:gữi hẻm:hẽm hiển:hiễn hiểu:hiễu hoãn:hoản hoảng:hoãng hỏi:hõi hủy:hũy hữu:hửu
    hưởng:hưỡng kể:kễ khả:khã khẩn:khẫn khẩu:khẫu khẳng:khẵng khoản:khoãn khoảng:khoãng khỏi:khõi kiểm:kiễm lỗi:lổi
    lũy:lủy lưỡng:lưởng miễn:miển mỗi:mổi nghĩa:nghỉa ngữ:ngử nhỏ:nhõ nhiễm:nhiểm những:nhửng ổn:ỗn ở:ỡ phải:phãi
    phẩm:phẫm phẫu:phẩu quản:quãn quyển:quyễn rủi:rũi sản:sãn thảm:thãm thảo:thão thẳng:thẵng thể:thễ thổ:thỗ
    thủ:thũ thủy:thũy thưởng:thưỡng tiễn:tiển tổng:tỗng trả:trã trễ:trể triển:triễn trữ:trử trưởng:trưỡng tuyển:tuyễn
    tử:tữ tưởng:tưỡng ủng:ũng ủy:ũy vũ:vủ vững:vửng vướng:vướn xử:xữ xưởng:xưỡng
"""
#: What is never written → what was meant.
MEANT: dict[str, str] = {
    wrong: right for right, _, wrong in (pair.partition(":") for pair in _PAIRS.split())
}
